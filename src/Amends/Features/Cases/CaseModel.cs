using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Wording;
using Amends.Features.Shared;
using Microsoft.AspNetCore.Components;

namespace Amends.Features.Cases;

/// <summary>A case as its page shows it.</summary>
public sealed record CaseModel
{
    public required long Number { get; init; }
    public required CaseState State { get; init; }

    /// <summary>Counts up with each change.</summary>
    public required long Version { get; init; }
    public required Actor Me { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required TimeZoneInfo Zone { get; init; }
    public required TimelineModel Timeline { get; init; }
    public required CustomerRow Customer { get; init; }

    /// <summary>What the customer is expected to bring, counted for everybody alike; <c>null</c> while no order is known.</summary>
    public Domain.Money? Worth { get; init; }

    /// <summary>How many questions of the customer nobody has answered yet, as far as words tell.</summary>
    public int OpenQuestions { get; init; }

    /// <summary>What the customer complained of before.</summary>
    public Domain.Customers.LastStraw Straw { get; init; } = new([], null, []);
    public IReadOnlyList<HistoryRow> History { get; init; } = [];

    /// <summary>Addresses of the customer that mail came back from, newest first.</summary>
    public IReadOnlyList<AddressBounce> Bounces { get; init; } = [];

    /// <summary>Who wrote the mail that was handed on to us, unless that is the customer already.</summary>
    public ForwardRow? Forward { get; init; }
    public IReadOnlyList<WatcherRow> Others { get; init; } = [];
    public required ComposerModel Composer { get; init; }

    /// <summary>What a language model may be asked for here; nothing, as it ships.</summary>
    public LanguageModelSettings LanguageModel { get; init; } = new();

    /// <summary>Money without a currency of its own is in this one.</summary>
    public required string Currency { get; init; }

    /// <summary>The framework whose steps stand beside it.</summary>
    public Domain.Frameworks.Framework Framework { get; init; } = FrameworkSet.For(null, null);

    /// <summary>The list that it was opened from, such as <c>mine</c>.</summary>
    public string? In { get; init; }

    /// <summary>The frame and the list beside it; only for the whole page.</summary>
    public Chrome? Chrome { get; init; }
    public RenderFragment? List { get; init; }

    /// <summary>They may change the case, not only read it.</summary>
    public bool CanAct => Me.Role >= Role.Agent;

    /// <summary>The address of the page, within its list.</summary>
    public string Url => In is null ? $"/cases/{Number}" : $"/cases/{Number}?in={In}";

    /// <summary>Our first name for the customer.</summary>
    public string FirstName => State.PreferredName is { } preferred ? preferred : State.CustomerName.Contains('@') ? State.CustomerName : State.CustomerName.Split(' ')[0];
}

/// <summary>The place to write.</summary>
public sealed record ComposerModel
{
    /// <summary><c>reply</c> or <c>note</c>: what is chosen.</summary>
    public string Kind { get; init; } = "reply";
    public string Text { get; init; } = "";
    public string? Html { get; init; }
    public bool Keeps { get; init; } = true;
    public string NextWhat { get; init; } = "";

    /// <summary>As the field holds it, in the company's time.</summary>
    public string NextDue { get; init; } = "";

    /// <summary>The newest message of the customer that was on the page; a later one is a conflict.</summary>
    public long Seen { get; init; }

    /// <summary>When the stored draft was written.</summary>
    public DateTimeOffset? DraftAt { get; init; }

    /// <summary>What this person wrote on another device.</summary>
    public (string Text, DateTimeOffset At)? Other { get; init; }

    /// <summary>The address that the reply would go to does not exist.</summary>
    public AddressBounce? Bounced { get; init; }

    /// <summary>Why it was not accepted.</summary>
    public string? Problem { get; init; }

    /// <summary>What the customer wrote while this was written.</summary>
    public (string Text, DateTimeOffset At)? Meanwhile { get; init; }

    /// <summary>How it reads, where that was asked for.</summary>
    public ReadDraft? Read { get; init; }

    /// <summary>Words that it is asked about before it goes.</summary>
    public IReadOnlyList<Hint> Asks { get; init; } = [];

    /// <summary>Why it goes as it is, as typed.</summary>
    public string Why { get; init; } = "";

    /// <summary>Until when it was put aside; <c>null</c> when it never was.</summary>
    public DateTimeOffset? ParkedUntil { get; init; }

    /// <summary>Files had been chosen, which a browser forgets.</summary>
    public bool LostFiles { get; init; }

    /// <summary>What was answered already when it was sent, so that nothing is asked twice: fields of the form.</summary>
    public IReadOnlyList<(string Name, string Value)> Answered { get; init; } = [];
}

/// <summary>A part of the timeline, oldest first.</summary>
/// <param name="Number">The case.</param>
/// <param name="Items">What to show.</param>
/// <param name="Older">The id before which more is to be had; <c>null</c> when this is the beginning.</param>
/// <param name="Now">The time to compare with.</param>
/// <param name="Zone">The company's zone.</param>
/// <param name="Me">The reader.</param>
public sealed record TimelineModel(long Number, IReadOnlyList<TimelineItem> Items, long? Older, DateTimeOffset Now, TimeZoneInfo Zone, Actor Me)
{
    /// <summary>A language model may be asked about a message of the customer.</summary>
    public bool AsksModel { get; init; }
}

/// <summary>A note in the timeline.</summary>
/// <param name="Id">The note that it belongs to: itself, but for a correction.</param>
/// <param name="SaidBy">Whose exact words it holds.</param>
/// <param name="SaidAt">When they were said.</param>
/// <param name="WasEdited">It was put right while it was open.</param>
/// <param name="IsCorrection">It corrects another one.</param>
/// <param name="WasCorrected">A correction stands below.</param>
public sealed record NoteFacts(long Id, string? SaidBy, DateTimeOffset? SaidAt, bool WasEdited, bool IsCorrection, bool WasCorrected);

/// <summary>Something in the timeline.</summary>
/// <param name="At">When.</param>
public abstract record TimelineItem(DateTimeOffset At)
{
    /// <summary>A message, note or call. A form letter says what the case shows anyway, so only its beginning is shown.</summary>
    public sealed record Message(DateTimeOffset At, MessageRow Row, IReadOnlyList<FileRow> Files, IReadOnlyList<DeliveryRow> Deliveries, bool IsFormLetter) : TimelineItem(At)
    {
        private const int Beginning = 150;

        /// <summary>What a note is beside its words; <c>null</c> for what is none.</summary>
        public NoteFacts? Note { get; init; }

        /// <summary>What the words were heard as; <c>null</c> for ours, and for what was not heard.</summary>
        public Domain.Listening.HeardTone? Tone { get; init; }

        /// <summary>The words that are shown; the rest is one click away.</summary>
        public string Shown { get; } = IsFormLetter && Row.Text.Length > Beginning * 2 ? Domain.Texts.Cut(Row.Text, EndOfParagraph(Row.Text)) : Row.Text;

        /// <summary>There is more of it.</summary>
        public bool IsCut => Row.Length > Shown.Length;

        private static int EndOfParagraph(string text) => text.LastIndexOf("\n\n", Beginning, StringComparison.Ordinal) is var end and > 0 ? end : Beginning;
    }

    /// <summary>Things that happened one after the other, without anybody saying anything.</summary>
    public sealed record Events(DateTimeOffset At, IReadOnlyList<(DateTimeOffset At, EventWords.Line Line)> Lines) : TimelineItem(At);

    /// <summary>What we understood.</summary>
    public sealed record Understanding(DateTimeOffset At, Domain.Listening.Summary Summary) : TimelineItem(At);

    /// <summary>A reply that goes out in a moment.</summary>
    public sealed record Held(DateTimeOffset At, HeldRow Row) : TimelineItem(At);
}
