"""The words of which patients' comments are made: plain sentences for each kind of care, with places to fill in."""

from __future__ import annotations

from collections.abc import Mapping

# Slots that any sentence may use; {who}, {what} and {where} come from the kind of care below.
ANYWHERE: Mapping[str, tuple[str, ...]] = {
    "long": ("nearly three hours", "over four hours", "well over an hour", "two and a half hours", "half the night"),
    "short": ("ten minutes", "twenty minutes", "a quarter of an hour", "five minutes", "half an hour"),
    "kind": ("kind", "patient", "friendly", "gentle", "reassuring", "cheerful", "thoughtful"),
    "cold": ("short", "abrupt", "dismissive", "impatient", "offhand"),
    "kin": ("mum", "dad", "husband", "wife", "sister", "brother", "neighbour", "son", "daughter", "grandmother"),
    "time": ("last week", "in the spring", "on a Sunday", "just before Christmas", "twice this year", "this summer",
             "on a Friday evening", "last month"),
    "sick": ("worried", "anxious", "in some pain", "very tired", "a bit frightened", "not sure what to expect"),
    "thing": ("a drink", "a blanket", "a chair", "an explanation", "something for the pain", "a clean sheet"),
}  # fmt: skip

# Kind of care → slots of its own. Whoever is spoken of is several people, so that one sentence fits them all.
PLACES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "hospital": {
        "who": ("the nurses", "the ward staff", "the doctors", "the healthcare assistants", "the porters"),
        "what": ("operation", "scan", "appointment", "stay", "treatment", "check-up"),
        "where": ("on the ward", "in outpatients", "in A&E", "in the day unit", "at the fracture clinic"),
    },
    "maternity": {
        "who": ("the midwives", "the maternity staff", "the night staff", "the doctors on the labour ward"),
        "what": ("birth", "induction", "scan", "antenatal appointment", "stay after the birth"),
        "where": ("on the labour ward", "at triage", "on the postnatal ward", "in the birth centre"),
    },
    "mind": {
        "who": ("the crisis staff", "the nurses on the unit", "the psychologists", "the support workers"),
        "what": ("assessment", "review", "session", "stay", "first appointment"),
        "where": ("on the unit", "at the community team", "in the crisis service", "at the day centre"),
    },
    "community": {
        "who": ("the district nurses", "the physiotherapists", "the podiatrists", "the health visitors"),
        "what": ("visit", "dressing change", "exercise plan", "assessment", "course of treatment"),
        "where": ("at home", "at the clinic", "at the health centre", "in the walk-in centre"),
    },
    "ambulance": {
        "who": ("the paramedics", "the crew", "the call handlers", "the transport drivers"),
        "what": ("journey", "lift home", "assessment", "transport booking"),
        "where": ("in the ambulance", "at our door", "outside the hospital", "in the transport lounge"),
    },
    "practice": {
        "who": ("the receptionists", "the doctors", "the practice nurses", "the people at the desk"),
        "what": ("appointment", "blood test", "repeat prescription", "referral", "vaccination"),
        "where": ("at the surgery", "at the front desk", "in the waiting room"),
    },
}  # fmt: skip

# Praise and complaint; each line is a template. A sentence begins with a capital once its slots are filled.
PRAISE = (
    "{who} were {kind} and told me what would happen next",
    "I was {sick}, and {who} made time to listen",
    "My {what} went smoothly and was over sooner than I thought",
    "We waited only {short} {where} and everybody was {kind}",
    "Nothing was too much trouble {where}",
    "My {kin} was treated with respect from start to finish",
    "They explained my {what} in words that I could follow",
    "I could not fault the care that my {kin} had {time}",
    "Clean, calm and well organised {where}",
    "Somebody brought {thing} before I had to ask",
    "I was seen within {short}, which I had not expected",
    "{who} remembered me from before and asked how I was",
    "Thank you to {who}, who stayed on to see that my {kin} was comfortable",
    "The whole {what} felt safe and unhurried",
    "I was asked what mattered to me, and it was written down",
    "They rang back when they said that they would",
    "My {kin} was {sick} and {who} were so {kind} about it",
    "The letter about my {what} was clear and the number on it was answered",
)
COMPLAINT = (
    "We waited {long} {where} and nobody told us why",
    "{who} were {cold} when I asked about my {what}",
    "My {kin} asked for {thing} three times and it never came",
    "There were not enough staff {where} {time}",
    "I had to repeat the same story to everybody {where}",
    "My {what} was cancelled on the morning and I have heard nothing since",
    "Nobody explained what my tablets were for before I went home",
    "My notes had gone missing, so the {what} could not go ahead",
    "The call bell was out of reach and my {kin} was too {sick} to shout",
    "I rang every day for a week and could not get through",
    "It was dirty {where} and nobody seemed to mind",
    "My {kin} was sent home {time} without anybody telling us",
    "I felt that {who} did not believe me",
    "Two people gave me opposite advice about my {what}",
    "The car park was full and I nearly missed my {what}",
    "My {kin} was left waiting {where} for {long} without {thing}",
    "I asked for something for the pain and it took them {long}",
    "The letter about my {what} came after the day itself",
)
# What only those say who speak of one service; a story is told in these words, where the calendar says so.
OF_MATERNITY = (
    "I said that the baby was moving less and was told to take a bath",
    "One midwife was looking after two of us in labour at once",
    "I pressed the bell twice and it was half an hour before a midwife came",
    "Nobody told me why the doctors were worried about the heartbeat",
    "My stitches were not looked at until the third day",
    "We were moved three times in one night because there was no room",
    "I lost a lot of blood and nobody has talked to us about it since",
    "They did not listen to my {kin}, who could see that something was wrong",
    "The postnatal ward was so short of staff that I changed my own sheets",
    "I asked for {thing} after the birth and was told that everybody was too busy",
)
OF_RESTRAINT = (
    "I saw a lad held on the floor by four staff for shouting",
    "I was pinned down when I asked to go out for air",
    "People get restrained here for things that used to be talked through",
    "I am frightened to complain because of what happens afterwards",
    "Agency staff do not know us and grab first",
)
MIXED = (
    "The care was fine, but the wait {where} was not",
    "Good people who have too much to do",
    "Some of {who} were {kind} and others were {cold}",
    "No strong feelings either way about my {what}",
    "It was much the same as {time}",
    "The {what} itself was soon over; finding a parking space took longer",
    "I would have liked to know beforehand how long the {what} takes",
)
LEADS = ("", "", "", "To be honest, ", "On the whole, ", "As a carer: ", "Second visit this year. ", "Well, ")
GOOD_ENDS = ("", "", "Thank you.", "I would come back.", "Keep it up.", "I told them so at the time.",
             "It made a hard day easier.", "Please pass on our thanks.")  # fmt: skip
BAD_ENDS = ("", "", "Please look into it.", "I do not want anybody else to go through this.", "I have lost my trust.",
            "It was not the fault of the staff who were there.", "I would be afraid to go back.",
            "We did not like to complain at the time.")  # fmt: skip
QUESTIONS = ("What did we do well?", "What could we do better?", "Please tell us why you gave this answer")
