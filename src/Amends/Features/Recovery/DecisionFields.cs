using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.Playbooks;
using Amends.Domain.Remedies;
using Amends.Features.Shared;

namespace Amends.Features.Recovery;

/// <summary>The decision form's fields as they are posted: an answer for each issue, and the dates of the letter.</summary>
public sealed record DecisionFields
{
    public List<AnswerFields> Issues { get; init => field = value ?? []; } = []; // a form without one of them binds to null
    public string? DoneBy { get; init; }
    public string? AnswerBy { get; init; }
    public string? CheckBackAt { get; init; }

    /// <summary><c>send</c>, <c>save</c>, or <c>more</c> to be asked what the kinds need.</summary>
    public string? Then { get; init; }

    /// <summary>What was decided so far, with dates that give the customer time: three days for what we do and for the answer, a week until we ask.</summary>
    public static DecisionFields For(CasePage page)
    {
        var (calendar, zone) = (page.Company.Calendar(), page.Company.Zone());
        var due = LocalTime.Of(calendar.NextOpen(page.Now.AddDays(3)), zone);
        return new DecisionFields
        {
            Issues = [.. page.State.Raised.Select(issue => AnswerFields.Of(issue, page.Company))],
            DoneBy = due, AnswerBy = due, CheckBackAt = LocalTime.Of(calendar.NextOpen(page.Now.AddDays(7)), zone),
        };
    }

    /// <summary>The answer to an issue; an empty one where nothing was posted.</summary>
    public AnswerFields Of(int issue) => Issues.FirstOrDefault(each => each.Id == issue) ?? new AnswerFields { Id = issue };

    /// <summary>What goes with the letter.</summary>
    /// <param name="company">For its zone and where customers can go next.</param>
    /// <param name="playbook">The playbook that suits the case, for what a law gives.</param>
    /// <exception cref="Refused">A date cannot be read.</exception>
    public DecisionTerms Terms(Company company, Playbook? playbook = null) => company.Terms(
        LocalTime.Parse(DoneBy, company.Zone(), "done_by"), LocalTime.Parse(AnswerBy, company.Zone(), "answer_by"), LocalTime.Parse(CheckBackAt, company.Zone(), "check_back"), playbook);

    /// <summary>What we can do by all answers, as far as it can be read, to look at what it costs.</summary>
    public IReadOnlyList<OptionRemedy> Typed(Company company)
    {
        try
        {
            return [.. Issues.SelectMany(answer => answer.Read(DoneBy, company).Remedies)];
        }
        catch (Refused)
        {
            return []; // the sentence stands beside the field when it is saved
        }
    }

    /// <summary>The field that a refusal belongs to.</summary>
    /// <param name="no">The refusal.</param>
    /// <param name="issue">The issue that was being decided; 0 once the letter was put together.</param>
    public string? PlaceOf(Refused no, int issue)
    {
        if (issue > 0)
            return Of(issue).PlaceOf(no);
        var lines = Issues.SelectMany(answer => answer.Written).ToList();
        return no.Code switch
        {
            "done_by" => "DoneBy",
            "answer_by" or "offer_in_the_past" => "AnswerBy",
            "check_back" => "CheckBackAt",
            "due" => lines.FirstOrDefault(line => !string.IsNullOrWhiteSpace(line.Fields.Due)).Id is { } id ? id + "Due" : "DoneBy",
            "charge" => lines.FirstOrDefault(line => !string.IsNullOrWhiteSpace(line.Fields.More?.CustomerCharge)).Id is { } id ? id + "CustomerCharge" : null,
            "consent" => lines.FirstOrDefault(line => line.Fields.Chosen == RemedyKind.Substitute).Id is { } id ? id + "Kind" : null,
            "limit_customer" or "limit_day" or "budget" or "currency" => lines.FirstOrDefault(line => !string.IsNullOrWhiteSpace(line.Fields.Amount)).Id is { } id ? id + "Amount" : null,
            "evidence" => Issues.FirstOrDefault(answer => answer.Written.Any(line => !string.IsNullOrWhiteSpace(line.Fields.Amount)) && string.IsNullOrWhiteSpace(answer.Evidence)) is { } bare ? $"Issue_{bare.Id}_Evidence" : null,
            "statutory_minimum" => Issues.FirstOrDefault(answer => answer.Chosen is Finding.Upheld or Finding.PartlyUpheld) is { } owed ? $"Issue_{owed.Id}_Do_1_Kind" : null,
            "can_do" => Issues.FirstOrDefault(answer => answer.Chosen is not null && answer.SaysNothing) is { } silent ? $"Issue_{silent.Id}_CanDo" : null,
            _ => null,
        };
    }

    /// <summary>A finding as a choice.</summary>
    public static string Words(Finding finding) => finding switch { Finding.Upheld => "Upheld", Finding.PartlyUpheld => "Partly upheld", _ => "Not upheld" };
}

/// <summary>The answer to one issue.</summary>
public sealed record AnswerFields
{
    /// <summary>How many remedies the form has room for.</summary>
    public const int Room = 3;

    public int Id { get; init; }
    public string? Finding { get; init; }
    public string? Reasons { get; init; }

    /// <summary>What we can do, in words; a remedy without words of its own has these.</summary>
    public string? CanDo { get; init; }
    public string? Evidence { get; init; }

    /// <summary>It rests on a suspicion that the claim is made up.</summary>
    public string? OnSuspicion { get; init; }

    /// <summary>What we can do, as remedies.</summary>
    public List<DoFields> Do { get; init => field = value ?? []; } = [];

    /// <summary>The finding that was chosen; <c>null</c> for none yet.</summary>
    internal Finding? Chosen => Enum.TryParse<Finding>(Finding, out var chosen) && Enum.IsDefined(chosen) ? chosen : null;

    /// <summary>Whether something was written, but no finding chosen.</summary>
    internal bool IsHalf => Chosen is null && !(string.IsNullOrWhiteSpace(Reasons) && SaysNothing && string.IsNullOrWhiteSpace(Evidence));

    /// <summary>Whether it does not say what we can do.</summary>
    internal bool SaysNothing => string.IsNullOrWhiteSpace(CanDo) && !Written.Any();

    /// <summary>The remedies that somebody wrote, with what the ids of their fields begin with.</summary>
    internal IEnumerable<(string Id, DoFields Fields)> Written => Enumerable.Range(0, Room).Where(place => !At(place).IsEmpty).Select(place => (IdOf(place), At(place)));

    /// <summary>The remedy in a place of the form; an empty one where nothing was posted.</summary>
    public DoFields At(int place) => place < Do.Count ? Do[place] : new DoFields();

    /// <summary>What the ids of a place's fields begin with.</summary>
    public string IdOf(int place) => $"Issue_{Id}_Do_{place + 1}_";

    /// <summary>What was decided on an issue so far; words that one remedy alone has stand once.</summary>
    public static AnswerFields Of(Issue issue, Company company)
    {
        var decision = issue.Decision;
        var remedies = (decision?.Remedies ?? []).Where((remedy, i) => !(remedy is { Kind: RemedyKind.Return, Data: null } && decision!.Remedies.ElementAtOrDefault(i + 1)?.Data?.ReleaseOn is not null)).ToList();
        var said = decision?.CanDo ?? (remedies.Count > 0 ? remedies[0].What : null);
        return new AnswerFields
        {
            Id = issue.Id, Finding = decision?.Finding.ToString(), Reasons = decision?.Reasons, CanDo = said, Evidence = decision?.Evidence,
            Do = [.. remedies.Select((remedy, i) => DoFields.Of(remedy, company) with { What = i == 0 && decision?.CanDo is null ? null : remedy.What })],
        };
    }

    /// <summary>What we can do: words, remedies, or both.</summary>
    /// <param name="doneBy">The letter's day, for remedies without one of their own.</param>
    /// <param name="company">For its zone, its currency and its list of extras.</param>
    /// <exception cref="Refused">A date or an amount cannot be read.</exception>
    internal (string? CanDo, IReadOnlyList<OptionRemedy> Remedies) Read(string? doneBy, Company company)
    {
        var (words, lines) = (CanDo, new List<OptionRemedy>());
        foreach (var (_, fields) in Written)
        {
            var isSaid = fields.What?.Trim() is { Length: > 0 };
            lines.AddRange(fields.Read(isSaid ? fields.What! : words ?? "", doneBy, company));
            words = isSaid ? words : null; // the first remedy without words of its own has these
        }

        return (words, lines);
    }

    /// <summary>The field that a refusal of this answer belongs to.</summary>
    internal string? PlaceOf(Refused no)
    {
        var lines = Written.ToList();
        string? First(Func<DoFields, bool> which, string field) => lines.Cast<(string Id, DoFields Fields)?>().FirstOrDefault(line => which(line!.Value.Fields))?.Id is { } id ? id + field : null;
        return no.Code switch
        {
            "finding" or "second_person" or "same_person" => $"Issue_{Id}_Finding",
            "reasons" => $"Issue_{Id}_Reasons",
            "can_do" => $"Issue_{Id}_CanDo",
            "done_by" => "DoneBy",
            "amount" when First(line => !DoFields.IsAmount(line.Amount), "Amount") is { } wrong => wrong,
            "due" => First(line => !DoFields.IsMoment(line.Due), "Due"),
            "remedy" => lines.Where(line => string.IsNullOrWhiteSpace(line.Fields.What)).Skip(string.IsNullOrWhiteSpace(CanDo) ? 0 : 1).FirstOrDefault().Id is { } id ? id + "What" : First(line => !string.IsNullOrWhiteSpace(line.Amount), "Amount"),
            "why" => First(line => string.IsNullOrWhiteSpace(line.Why) && (!string.IsNullOrWhiteSpace(line.Amount) || RemedyTypes.Of(line.Chosen).Costs), "Reason"),
            _ => RemedyFields.PlaceOf(no, [.. lines.Select(line => (line.Id, line.Fields.Chosen, line.Fields.Amount, line.Fields.Details))]),
        };
    }
}
