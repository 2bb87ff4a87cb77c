using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Handling;
using Amends.Domain.Listening;
using Amends.Letters;

namespace Amends.Features.Api.Writes;

/// <summary>Hearing the customer out, and making sure that we understood.</summary>
public sealed class ListeningWrites(CaseWrite write, Dispatch dispatch)
{
    private const int LongestLine = 2000, MostIssues = 20, MostNeeds = 20;

    /// <summary>Writes down what was heard; whatever is left out stays as it was.</summary>
    public Task<IResult> Listen(long number, HttpContext context) => write.Do<HearCase>(number, context, asked =>
    {
        var heard = asked.Value;
        var outcome = Checked.Text("wanted_outcome", heard.WantedOutcome, LongestLine);
        if (outcome is not null && heard.DidNotSay)
            throw new BadField("did_not_say", "Either they said what would put it right, or they did not.");
        var impact = Checked.Text("impact", heard.Impact, Case.LongestImpact);
        var needs = Checked.Few("support_needs", heard.SupportNeeds, MostNeeds);
        var words = Checked.Text("support_words", heard.SupportWords, 500);
        if (words is not null && needs is null)
            throw new BadField("support_needs", "Say what they need beside the words.");
        var issues = Checked.List("issues", heard.Issues, MostIssues).Select(issue => Checked.Needed("issues", issue, Case.LongestIssue)).ToList();
        var category = Checked.Text("category", heard.Category, 60);
        if (category is not null && asked.Company.Content.Categories.Offered.All(line => line.Code != category))
            throw new BadField("category", "There is no such category.");
        if (outcome is null && !heard.DidNotSay && impact is null && heard.AtRisk is null && heard.Severity is null && needs is null && issues.Count == 0 && heard.JourneyStage is null && category is null)
            throw new BadField("body", "Say at least one thing that you heard.");
        return work =>
        {
            var (@case, by, now) = (work.Case, work.By, work.Now);
            @case.BeginListening(by, now);
            if (outcome is not null || heard.DidNotSay)
                @case.HearWantedOutcome(outcome, by, now);
            if (impact is not null)
                @case.HearImpact(impact, by, now);
            if (heard.AtRisk is { } atRisk)
                @case.CheckSafety(atRisk, by, now);
            if (heard.Severity is { } severity)
                @case.SetSeverity(severity, by, now);
            if (needs is not null)
                @case.NoteSupportNeeds(needs, words, by, now);
            foreach (var issue in issues)
                @case.RaiseIssue(issue, by, now);
            if (heard.JourneyStage is { } stage)
                @case.PlaceOnJourney(stage, by, now);
            if (category is not null)
                @case.Categorise(category, true, by, now);
        };
    });

    /// <summary>Writes down what we understood, and sends it unless it is to be read back.</summary>
    public Task<IResult> SumUp(long number, HttpContext context) => write.Send<WriteSummary>(number, context, asked =>
    {
        var said = asked.Value;
        var (happened, matters, promised) = (Checked.Needed("happened", said.Happened, LongestLine), Checked.Needed("matters", said.Matters, LongestLine), Checked.Needed("promised", said.Promised, LongestLine));
        var impact = Checked.Text("impact", said.Impact, Case.LongestImpact);
        return async work =>
        {
            work.Case.WriteSummary(happened, matters, promised, work.By, work.Now, impact);
            if (said.Send)
                await dispatch.Summary(work);
        };
    }, state => new SummaryStep(number, state.Stage, state.Summaries.Count, state.Summary!.SentAt));

    /// <summary>The customer said that we understood, or what is missing.</summary>
    public Task<IResult> Confirm(long number, int version, HttpContext context) => write.Do<ConfirmSummary>(number, context, asked =>
    {
        var (via, words) = Quoted.Of(asked.Value.Via, asked.Value.Words);
        return work =>
        {
            if (asked.Value.Understood)
                work.Case.ConfirmSummary(version, via, words, Quoted.Speaker(work, asked.Value.ByRepresentative), work.Now);
            else
                work.Case.CorrectSummary(version, via, words, Quoted.Speaker(work, asked.Value.ByRepresentative), work.Now);
        };
    });
}

/// <summary>What was heard. Whatever is left out stays as it was.</summary>
public sealed record HearCase
{
    /// <summary>What would put it right, in the customer's words.</summary>
    public string? WantedOutcome { get; init; }

    /// <summary>They were asked what would put it right, and did not say.</summary>
    public bool DidNotSay { get; init; }

    /// <summary>What it means for them, in their words.</summary>
    public string? Impact { get; init; }

    /// <summary>Whether anybody is in danger.</summary>
    public bool? AtRisk { get; init; }
    public Severity? Severity { get; init; }

    /// <summary>What they need from us; all of it, since it takes the place of what was noted before.</summary>
    public IReadOnlyList<SupportNeed>? SupportNeeds { get; init; }
    public string? SupportWords { get; init; }

    /// <summary>What went wrong, one line each; added to what is there.</summary>
    public IReadOnlyList<string?>? Issues { get; init; }

    /// <summary>Where on their way with you it went wrong.</summary>
    public JourneyStage? JourneyStage { get; init; }

    /// <summary>The code of a category.</summary>
    public string? Category { get; init; }
}

/// <summary>What we understood.</summary>
public sealed record WriteSummary
{
    public string? Happened { get; init; }

    /// <summary>What matters most to them.</summary>
    public string? Matters { get; init; }

    /// <summary>What we promised.</summary>
    public string? Promised { get; init; }
    public string? Impact { get; init; }

    /// <summary>Whether it goes to the customer by mail now; otherwise it is read back, or goes with the options.</summary>
    public bool Send { get; init; } = true;
}

/// <summary>What the customer said to the summary.</summary>
public sealed record ConfirmSummary
{
    /// <summary>Yes, or "not quite", with what is missing in the words.</summary>
    public bool Understood { get; init; } = true;

    /// <summary>mail, phone, in_person, letter, sms or social.</summary>
    public Channel? Via { get; init; }

    /// <summary>What they said, quoted.</summary>
    public string? Words { get; init; }

    /// <summary>Whoever acts for the customer said it.</summary>
    public bool ByRepresentative { get; init; }
}

/// <summary>A summary that was written.</summary>
public sealed record SummaryStep(long Number, CaseStage State, int Version, DateTimeOffset? SentAt);
