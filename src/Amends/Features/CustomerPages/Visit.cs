using System.Globalization;
using System.Security.Claims;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.CustomerPages;

/// <summary>A customer on their pages: whose case it is and how it stands. Endpoints take it as a parameter.</summary>
public sealed record Visit(Company Company, long Number, CaseState State, string Name, bool ByOneOfUs, DateTimeOffset LinkUntil, DateTimeOffset Now)
{
    /// <summary>What hears their words.</summary>
    public Ear Ear { get; init; } = Ear.Shipped;

    /// <summary>The number that we have of the customer; <c>null</c> when we have none. Forms begin with it, so that nobody writes it twice.</summary>
    public string? Phone { get; init; }

    private static readonly Refused OnlyLooking = new("look_only", "You look at this page as the customer sees it. Only the customer can answer here; nothing was stored.");

    /// <summary>The customer, as the case's log names them.</summary>
    public Actor Customer => Actor.Customer(State.CustomerId, Name) with { Through = Through };

    /// <summary>Who looks in the customer's place: their representative; <c>null</c> for the customer.</summary>
    public string? Through { get; init; }

    /// <summary>Where the company's clocks are read.</summary>
    public TimeZoneInfo Zone => Company.Zone();

    /// <summary>One of us in a real company looks and cannot answer. In the demo company everybody plays both sides.</summary>
    public bool LookOnly => ByOneOfUs && !Company.IsDemo;

    /// <summary>How the customer is spoken to; empty when we only know an address.</summary>
    public string FirstName => State.PreferredName is { } preferred ? preferred : Name.Contains('@') || Name == "Somebody" ? "" : Name.Split(' ', 2)[0];

    /// <summary>Who looks after the case, for sentences.</summary>
    public string Owner => State.OwnerName ?? "our team";

    /// <summary>Reads who it is and how the case stands; minimal endpoints call it.</summary>
    public static async ValueTask<Visit?> BindAsync(HttpContext context)
    {
        if (!long.TryParse(context.User.FindFirstValue(Policies.CaseClaim), CultureInfo.InvariantCulture, out var number))
            return null;
        var services = context.RequestServices;
        var company = await services.GetRequiredService<StoredSettings>().Company(context.RequestAborted);
        var cases = services.GetRequiredService<CaseStore>();
        var state = await cases.Find(number, context.RequestAborted);
        if (state is { CloseReason: CloseReason.Duplicate, GoesOnIn: { } main } && context.User.FindFirstValue(CustomerCookie.ThroughClaim) is null && await cases.Find(main, context.RequestAborted) is { } goesOn && goesOn.CustomerId == state.CustomerId)
            (number, state) = (main, goesOn); // whoever opens the link of a duplicate sees where it goes on
        var until = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(context.User.FindFirstValue(CustomerCookie.LinkUntilClaim)!, CultureInfo.InvariantCulture));
        return state is null ? null : new Visit(company, number, state, context.User.Identity?.Name ?? "", context.User.HasClaim(claim => claim.Type == CustomerCookie.ShownToClaim), until,
            services.GetRequiredService<TimeProvider>().GetUtcNow())
        {
            Through = context.User.FindFirstValue(CustomerCookie.ThroughClaim), Ear = cases.Ear,
            Phone = AsksForPhone(context.Request.Path) ? await Customers.PhoneOf(services.GetRequiredService<Database>(), state.CustomerId) : null,
        };
    }

    private static bool AsksForPhone(PathString path) => path.Value is "/c/call" or "/c/date" or "/c/call/ask";

    /// <summary>Shows one of the pages.</summary>
    public IResult Show<TPage>(string? said = null) where TPage : View<CustomerPage> => Html.Show<TPage, CustomerPage>(new CustomerPage(this) { Said = said });

    /// <summary>Takes an answer: once, through the case's verbs, then back to where the customer sees it. A refusal shows the form again, with what was typed.</summary>
    /// <param name="cases">The store.</param>
    /// <param name="form">What the customer sent.</param>
    /// <param name="done">Which confirmation the next page shows; a name of <see cref="Confirmations"/>.</param>
    /// <param name="answer">The verbs; whatever else is stored goes into the same unit.</param>
    /// <param name="more">What else the page needs when it is shown again.</param>
    /// <typeparam name="TPage">The page with the form.</typeparam>
    public async Task<IResult> Answer<TPage>(CaseStore cases, IFormCollection form, string done, Func<Case, Unit, Task> answer, Func<CustomerPage, Task<CustomerPage>>? more = null) where TPage : View<CustomerPage>
    {
        try
        {
            if (LookOnly)
                throw OnlyLooking;
            await cases.Change(Number, async (@case, unit) =>
            {
                if (await AnsweredForms.TakeFirst(unit, form["form"], Now))
                    await answer(@case, unit);
            });
            return TypedResults.Redirect303("/c?said=" + done);
        }
        catch (Refused refused)
        {
            var fresh = await cases.Find(Number) ?? State;
            var page = new CustomerPage(this with { State = fresh }) { Form = form, Errors = new Dictionary<string, string> { [refused.Code == "budget" ? "option" : refused.Code] = refused.Code == "budget" ? "This one we cannot promise by ourselves any more. Write to us, and we look for a way together." : refused.Message } };
            return Html.Show<TPage, CustomerPage>(more is null ? page : await more(page), StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>Stores words of the customer and tells the case that they spoke.</summary>
    /// <param name="case">The case.</param>
    /// <param name="unit">The unit of work.</param>
    /// <param name="words">What they wrote.</param>
    /// <param name="files">What they sent with it.</param>
    /// <param name="isAnswer">The words go with an answer that makes its own promise.</param>
    public async Task Say(Case @case, Unit unit, string words, IReadOnlyList<NewAttachment>? files = null, bool isAnswer = false)
    {
        var message = await Conversation.Add(unit, Number, new NewMessage(Direction.In, Channel.Page, Name, words, Now) { Attachments = files ?? [] });
        @case.Hear(message, Channel.Page, Customer, Company.Calendar(), Now, Company.Replies.Times(), isAnswer, Ear.ToneOf(words));
    }
}

/// <summary>What every page of a customer shows.</summary>
public sealed record CustomerPage(Visit Visit)
{
    /// <summary>Field → what is wrong, in words.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>What the customer typed, when the form is shown again.</summary>
    public IFormCollection? Form { get; init; }

    /// <summary>The confirmation of what was just done.</summary>
    public string? Said { get; init; }

    /// <summary>The steps so far, for the status page.</summary>
    public IReadOnlyList<PastStep> Past { get; init; } = [];

    /// <summary>What we wrote, for the page that lists it.</summary>
    public IReadOnlyList<SentLetter> Letters { get; init; } = [];

    /// <summary>The free times for a call, for the page that offers them.</summary>
    public CallChoice? Calls { get; init; }

    /// <summary>The line that the page is about.</summary>
    public Domain.Remedies.Remedy? Remedy { get; init; }

    /// <summary>The id that makes the answer count once.</summary>
    public string FormId { get; } = AnsweredForms.NewId();

    /// <summary>What was typed into a field.</summary>
    public string? Typed(string field) => Form?[field];

    /// <summary>What is wrong with a field.</summary>
    public string? Error(string field) => Errors.GetValueOrDefault(field);
}
