using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Contents;
using Amends.Domain.Laws;
using Amends.Domain.Offers;
using Amends.Domain.Playbooks;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
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

    /// <summary>What is wrong with what was bought, where the form asked; empty otherwise.</summary>
    public LawFields Law { get; init => field = value ?? new(); } = new();

    /// <summary>The playbook and version that the options began from; empty for none.</summary>
    public string? Playbook { get; init; }

    /// <summary>The policies that the options follow, by key; one that they go beyond ends with <see cref="Beyond"/>.</summary>
    public List<string> Rules { get; init => field = value ?? []; } = []; // a form without one of them binds to null

    /// <summary>Ends the key of a policy that the options go beyond.</summary>
    public const string Beyond = "+";

    /// <summary><c>on</c> once they were asked about a loss and mean it all the same.</summary>
    public string? Sure { get; init; }

    /// <summary><c>send</c>, <c>save</c>, <c>more</c> to be asked what the kinds need, or <c>playbook</c> to begin from the playbook.</summary>
    public string? Then { get; init; }

    /// <summary>The field that a refusal belongs to: what a kind needs stands beside the first option of that kind that lacks it.</summary>
    /// <param name="no">The refusal.</param>
    /// <param name="asksBack">Whether the return is proposed for an option.</param>
    public string? PlaceOf(Refused no, Func<OptionFields, bool>? asksBack = null)
    {
        var written = Options.Select((option, i) => (Option: option, Id: $"Options_{i + 1}_")).Where(each => !each.Option.IsEmpty).ToList();
        if (no.Code == "keeps_why")
            return (written.FirstOrDefault(each => asksBack?.Invoke(each.Option) == true && LawFields.Basis(each.Option.Law, each.Option.OtherLaw) is null && each.Option is { Details: { SendBack: null or "" or "no" } details } && string.IsNullOrWhiteSpace(details.KeepsWhy)) is { Option: not null } kept ? kept.Id : "Options_1_") + "KeepsWhy";
        if (no.Code == "law")
            return (written.FirstOrDefault(each => LawFields.Basis(each.Option.Law, each.Option.OtherLaw) is { } named && (named.Name.Length == 0 || named.Key is not null)) is { Option: not null } lawless ? lawless.Id : "Options_1_") + "Law";
        return RemedyFields.PlaceOf(no, [.. written.Select(each => (each.Id, each.Option.Chosen, each.Option.Amount, each.Option.Details))])
            ?? (RemedyFields.Places.FirstOrDefault(place => place.Code == no.Code).Field is { } field ? "Options_1_" + field : null);
    }

    /// <summary>Whether the return is proposed for an option.</summary>
    /// <param name="option">The option.</param>
    /// <param name="rule">The company's rule.</param>
    /// <param name="company">For its currency.</param>
    public static bool AsksBack(OptionFields option, ReturnRule? rule, Company company)
    {
        try
        {
            return rule?.Proposes(new OptionRemedy(option.Chosen, "", TypedRemedy.Amount(option.Amount, company), default)) == true;
        }
        catch (Refused)
        {
            return false; // it is told beside the amount
        }
    }

    /// <summary>An empty form with dates that give the customer time: three open days to answer, a week until we ask.</summary>
    public static OfferFields For(CasePage page)
    {
        var calendar = page.Company.Calendar();
        var due = calendar.NextOpen(page.Now.AddDays(3));
        return new OfferFields
        {
            Options = [.. Enumerable.Range(0, Room).Select(_ => new OptionFields { Due = LocalTime.Of(due, page.Company.Zone()), Kind = nameof(RemedyKind.Refund) })],
            Law = LawFields.Of(page.State),
            Issues = [.. page.State.Raised.Select(issue => issue.Id)],
            AnswerBy = LocalTime.Of(due, page.Company.Zone()),
            CheckBackAt = LocalTime.Of(calendar.NextOpen(page.Now.AddDays(7)), page.Company.Zone()),
        };
    }

    /// <summary>The form with the playbook's options in its empty places; what somebody typed stays where it is.</summary>
    /// <param name="playbook">The one that suits the case.</param>
    /// <param name="order">What the order cost.</param>
    /// <param name="page">For the customer's reason, the dates and the currency.</param>
    /// <param name="terms">The remedy laws that are on, for what they give and for how late it is.</param>
    /// <param name="rule">Proposes what comes back.</param>
    public OfferFields From(Playbook playbook, Money? order, CasePage page, LawTerms terms, ReturnRule? rule = null)
    {
        var (rows, next) = (Enumerable.Range(0, Room).Select(At).ToList(), 0);
        var gives = terms.Gives(page.State, page.Now).ToList();
        foreach (var template in playbook.OptionsFor(terms.FactsOf(page.State, page.Now)?.DaysLate ?? 0))
        {
            while (next < Room && !rows[next].IsEmpty)
                next++;
            if (next == Room)
                break;
            if (rows.Any(row => row.Title?.Trim() == template.Title))
                continue; // it is there already
            var worth = template.Value.Of(order, page.Company.Currency);
            rows[next] = new OptionFields
            {
                Title = template.Title, Why = template.WhyFor(page.State.Summary?.Matters), Kind = template.Kind.ToString(), What = template.What,
                Amount = worth is { Minor: > 0 } known ? known.Major.ToString(CultureInfo.InvariantCulture) : null,
                Due = LocalTime.Of(page.Company.Calendar().NextOpen(page.Now.AddDays(Math.Max(template.Days, 1))), page.Company.Zone()),
                Law = gives.FirstOrDefault(each => each.What.Needs.Any(kinds => kinds.Contains(template.Kind))).Preset?.Key,
                More = template is { SendBack: null, Reason: null } && !Proposed(template, worth) && RemedyTypes.Of(template.Kind).Needs.All(need => need == RemedyNeed.Amount) ? null : new RemedyFields
                {
                    Reason = template.Reason, SendBack = template.SendBack switch { ReleaseOn.Scan => "scan", ReleaseOn.Receipt => "receipt", ReleaseOn.AtOnce => "once", _ => Proposed(template, worth) ? "scan" : null },
                },
            };
        }

        return this with { Options = rows, Playbook = PlaybookDesk.Mark(playbook), Then = null };

        bool Proposed(OptionTemplate template, Money? worth) => rule?.Proposes(new OptionRemedy(template.Kind, "", worth ?? Money.Zero(page.Company.Currency), default)) == true;
    }

    /// <summary>The option in a place of the form; an empty one where nothing was posted.</summary>
    public OptionFields At(int place) => place < Options.Count ? Options[place] : new OptionFields();

    /// <summary>What the case is asked to offer.</summary>
    /// <exception cref="Refused">A date or an amount cannot be read.</exception>
    /// <param name="company">For its zone, its currency and its rule on what comes back.</param>
    /// <param name="playbook">The playbook that suits the case.</param>
    /// <param name="order">What the order cost.</param>
    public Case.Draft Draft(Company company, Playbook? playbook = null, Money? order = null) => new(
        [.. Options.Where(option => !option.IsEmpty).Select(option => option.Read(company))],
        OneOptionReason,
        LocalTime.Parse(AnswerBy, company.Zone(), "answer_by"),
        LocalTime.Parse(CheckBackAt, company.Zone(), "check_back"),
        IssuesAsked == "on" ? Issues : null,
        Evidence,
        playbook is null ? null : PlaybookDesk.Terms(playbook, company, Playbook),
        company.Remedies.Returns(company.Currency, order),
        [.. company.Content.Of(ContentKind.Policy).Where(policy => Rules.Contains(policy.Key) || Rules.Contains(policy.Key + Beyond)).Select(policy => PolicyTerms.Of(policy, Rules.Contains(policy.Key + Beyond)))]);
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

    /// <summary>The key of the law that gives it to the customer, <c>other</c>, or empty.</summary>
    public string? Law { get; init; }

    /// <summary>Which other law.</summary>
    public string? OtherLaw { get; init; }

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
        var line = new OptionRemedy(Chosen, what?.Trim() ?? "", TypedRemedy.Amount(Amount, company), LocalTime.Parse(Due, company.Zone(), "due")) { IsStatutory = LawFields.Basis(Law, OtherLaw) is not null, Law = LawFields.Basis(Law, OtherLaw) };
        return new Option(0, Title?.Trim() ?? "", Why?.Trim() ?? "", Details.On(line, company), AsWanted == "on");
    }
}
