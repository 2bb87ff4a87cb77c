using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using Amends.Features.Shared;

namespace Amends.Features.Recovery;

/// <summary>The offer builder's fields as they are posted; three options, an empty one is left out.</summary>
public sealed record OfferFields
{
    /// <summary>How many options the form has room for.</summary>
    public const int Room = 3;

    public List<OptionFields> Options { get; init => field = value ?? []; } = [];
    public string? OneOptionReason { get; init; }

    /// <summary>What it rests on.</summary>
    public string? Evidence { get; init; }
    public string? AnswerBy { get; init; }
    public string? CheckBackAt { get; init; }

    /// <summary>The issues that the options answer, where the form asked.</summary>
    public List<int> Issues { get; init => field = value ?? []; } = []; // a form without one of them binds to null

    /// <summary><c>on</c> when the form asked which issues they answer.</summary>
    public string? IssuesAsked { get; init; }

    /// <summary><c>send</c> or <c>save</c>.</summary>
    public string? Then { get; init; }

    /// <summary>An empty form with dates that give the customer time: three open days to answer, a week until we ask.</summary>
    public static OfferFields For(CasePage page)
    {
        var calendar = page.Company.Calendar();
        var due = calendar.NextOpen(page.Now.AddDays(3));
        return new OfferFields
        {
            Options = [.. Enumerable.Range(0, Room).Select(_ => new OptionFields { Due = LocalTime.Of(due, page.Company.Zone()), Kind = nameof(RemedyKind.Refund) })],
            Issues = [.. page.State.Raised.Select(issue => issue.Id)],
            AnswerBy = LocalTime.Of(due, page.Company.Zone()),
            CheckBackAt = LocalTime.Of(calendar.NextOpen(page.Now.AddDays(7)), page.Company.Zone()),
        };
    }

    /// <summary>The option in a place of the form; an empty one where nothing was posted.</summary>
    public OptionFields At(int place) => place < Options.Count ? Options[place] : new OptionFields();

    /// <summary>What the case is asked to offer.</summary>
    /// <exception cref="Refused">A date or an amount cannot be read.</exception>
    public Case.Draft Draft(Company company) => new(
        [.. Options.Where(option => !option.IsEmpty).Select(option => option.Read(company))],
        OneOptionReason,
        LocalTime.Parse(AnswerBy, company.Zone(), "answer_by"),
        LocalTime.Parse(CheckBackAt, company.Zone(), "check_back"),
        IssuesAsked == "on" ? Issues : null,
        Evidence);
}

/// <summary>One option of the form.</summary>
public sealed record OptionFields
{
    public string? Title { get; init; }
    public string? Why { get; init; }
    public string? Kind { get; init; }
    public string? What { get; init; }
    public string? Amount { get; init; }
    public string? Due { get; init; }

    /// <summary><c>on</c> when it is exactly what the customer asked for.</summary>
    public string? AsWanted { get; init; }

    /// <summary><c>on</c> when the law gives it to the customer.</summary>
    public string? Statutory { get; init; }

    /// <summary>Whether nobody wrote anything into it.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Why) && string.IsNullOrWhiteSpace(What) && string.IsNullOrWhiteSpace(Amount);

    internal Option Read(Company company)
    {
        var what = string.IsNullOrWhiteSpace(What) ? Title : What;
        return new Option(0, Title?.Trim() ?? "", Why?.Trim() ?? "", [new OptionRemedy(TypedRemedy.Kind(Kind), what?.Trim() ?? "", TypedRemedy.Amount(Amount, company), LocalTime.Parse(Due, company.Zone(), "due")) { IsStatutory = Statutory == "on" }], AsWanted == "on");
    }
}
