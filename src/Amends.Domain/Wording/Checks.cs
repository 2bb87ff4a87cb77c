namespace Amends.Domain.Wording;

/// <summary>What is found without phrases of its own: its id, severity, category and words. Better sentences come from the pack where it has them.</summary>
internal sealed record Check(string Id, string Category, int Severity, string Reason, string Better, bool Blocks = false)
{
    public static readonly Check BlankName = new("blank-name", "Name", 3, "The name is missing where the greeting needs one.", "Write the customer's name, or greet without one: “Hello,”", Blocks: true);
    public static readonly Check Placeholder = new("placeholder", "Name", 3, "A placeholder was not filled; the customer would read it.", "Fill it in, or take it out.", Blocks: true);
    public static readonly Check NameMisspelt = new("name-misspelt", "Name", 3, "The name is not spelled as the customer spells it.", "Write it as it is kept.");
    public static readonly Check NameOther = new("name-other", "Name", 3, "This is not the customer's name.", "Write the name as it is kept.");
    public static readonly Check NameNeutral = new("name-neutral", "Name", 1, "We know the customer's name and greet with words that fit anybody.", "Greet them by name.");
    public static readonly Check NameUnused = new("name-unused", "Name", 1, "We know the customer's name and do not use it.", "Begin with a greeting by name.");
    public static readonly Check Shouting = new("shouting", "Loud", 2, "Capitals read as shouting.", "Write it in small letters; if it matters, put it first.");
    public static readonly Check Exclamations = new("exclamations", "Loud", 2, "Several marks in a row read as shouting or as mockery.", "One full stop is enough.");
    public static readonly Check Ellipsis = new("ellipsis", "Loud", 2, "Dots that trail off read as a sigh or as sarcasm.", "End the sentence with a full stop.");
    public static readonly Check ApologyTwice = new("apology-twice", "Over-apology", 1, "More than one apology in a message weighs less than one.", "One apology for one definite thing, and then what you do about it.");
    public static readonly Check ApologyAlone = new("apology-alone", "Over-apology", 1, "It says sorry and does nothing about it.", "Say what you do and by when.");
    public static readonly Check ApologyWeak = new("apology-weak", "Apology", 2, "The complaint is justified, and the apology leaves out {0}.", "Say it in a sentence of your own: “We got this wrong: … I have … Because of this we now …”");
    public static readonly Check ApologyFalse = new("apology-false", "Apology", 2, "The complaint was not upheld, and this sentence takes the blame for it.", "Say that you are sorry for the trouble they had, and give the reasons.");
    public static readonly Check AttachmentMissing = new("attachment-missing", "Announced", 2, "It speaks of an attachment, and nothing is attached.", "Attach it, or take the words out.");
    public static readonly Check LinkMissing = new("link-missing", "Announced", 2, "It speaks of a link, and there is none.", "Put the address in, or take the words out.");
    public static readonly Check Acronym = new("acronym", "Jargon", 1, "“{0}” may mean nothing to the customer.", "Write it out once.");
    public static readonly Check LimitWithoutReason = new("limit-without-reason", "Can and can't", 1, "A limit without its reason sounds like a wall.", "Say why in the same breath: “… because …”");
    public static readonly Check IssueOpen = new("issue-open", "Unanswered", 2, "Nothing here answers “{0}”.", "Answer it, or say when you will.");
    public static readonly Check EmpathyGeneric = new("empathy-generic", "Empathy", 1, "It would fit any customer: nothing of their story is in it.", "Name what happened to them in their words.");
    public static readonly Check DayPast = new("day-past", "Promise", 2, "This day has passed.", "Name a day that is still to come.");
    public static readonly Check DayLater = new("day-later", "Promise", 2, "We promised {0}; this is later.", "Keep to the promise, or say openly that it moves and why.");
    public static readonly Check DayEarlier = new("day-earlier", "Promise", 1, "We promised {0}; this is earlier.", "Fine if you can keep it: move the promise on the board too.");
    public static readonly Check DayNew = new("day-new", "Promise", 1, "This day is on no promise of the case.", "Write it down as a promise, so that somebody is reminded.");
    public static readonly Check Weekday = new("weekday-wrong", "Promise", 2, "{0}.", "Look at the calendar, and put the day or the date right.");
    public static readonly Check NoNextContact = new("no-next-contact", "Promise", 1, "It does not say when and how they hear from us next.", "End with a day and a way: “I'll email you on Thursday.”");
    public static readonly Check NoAgency = new("no-agency", "Agency", 1, "Nobody says “I” in it.", "Say what you do yourself: “I will …”");
    public static readonly Check LongSentence = new("long-sentence", "Plain words", 1, "A sentence of {0} words is hard to follow.", "Make two of it.");
    public static readonly Check HardToRead = new("hard-to-read", "Plain words", 1, "It is hard to read (ease {0}; aim at 60).", "Shorter sentences and shorter words.");

    /// <summary>A hint of this check.</summary>
    /// <param name="pack">Whose better sentence is taken.</param>
    /// <param name="where">Its stretch; the whole draft by default.</param>
    /// <param name="what">What stands in the reason for {0}.</param>
    /// <param name="better">A better sentence for this very case.</param>
    public Hint At(PhrasePack pack, Stretch where = default, string what = "", string? better = null) =>
        new(Id, Category, Severity, where.Start, where.Length, Reason.Replace("{0}", what, StringComparison.Ordinal), better ?? pack.Better.GetValueOrDefault(Id, Better), Blocks);
}
