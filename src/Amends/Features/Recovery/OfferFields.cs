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

    /// <summary><c>send</c>, <c>save</c>, or <c>more</c> to be asked what the kinds need.</summary>
    public string? Then { get; init; }

    /// <summary>The field that a refusal belongs to: what a kind needs stands beside the first option of that kind that lacks it.</summary>
    public string? PlaceOf(Refused no)
    {
        var written = Options.Select((option, i) => (Option: option, Id: $"Options_{i + 1}_")).Where(each => !each.Option.IsEmpty).ToList();
        if (no.Code == "amount" && written.FirstOrDefault(each => RemedyTypes.Of(each.Option.Chosen).Needs.Contains(RemedyNeed.Amount) && string.IsNullOrWhiteSpace(each.Option.Amount)) is { Option: not null } bare)
            return bare.Id + "Amount";
        if (RemedyFields.Places.FirstOrDefault(place => place.Code == no.Code).Field is not { } field)
            return null;
        var asked = written.Where(each => field == "CustomerCharge" || RemedyTypes.Of(each.Option.Chosen).All.Any(need => need.ToString() == field)).ToList();
        return (asked.FirstOrDefault(each => string.IsNullOrWhiteSpace(each.Option.Details.Typed(field)) != (field is "CustomerCharge" or "ValidUntil")) is { Option: not null } first ? first.Id : asked.Count > 0 ? asked[0].Id : "Options_1_") + field;
    }

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

    /// <summary>What the kind asks for, where it was asked.</summary>
    public RemedyFields? More { get; init; }

    /// <summary>The same, empty where nothing was posted.</summary>
    public RemedyFields Details => More ?? new();

    /// <summary>The kind that is chosen.</summary>
    public RemedyKind Chosen => TypedRemedy.Kind(Kind);

    /// <summary>Whether nobody wrote anything into it.</summary>
    public bool IsEmpty => Details.IsEmpty && string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Why) && string.IsNullOrWhiteSpace(What) && string.IsNullOrWhiteSpace(Amount);

    internal Option Read(Company company)
    {
        var what = string.IsNullOrWhiteSpace(What) ? Title : What;
        var line = new OptionRemedy(Chosen, what?.Trim() ?? "", TypedRemedy.Amount(Amount, company), LocalTime.Parse(Due, company.Zone(), "due")) { IsStatutory = Statutory == "on" };
        return new Option(0, Title?.Trim() ?? "", Why?.Trim() ?? "", Details.On(line, company), AsWanted == "on");
    }
}
