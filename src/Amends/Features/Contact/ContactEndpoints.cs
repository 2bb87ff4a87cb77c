using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;

namespace Amends.Features.Contact;

/// <summary>
/// The public form: three questions, no account. What it stores is a case like any other, acknowledged by mail when we were
/// given an address.
/// </summary>
public static class ContactEndpoints
{
    private const string DoneCookie = "amends-contact";
    private const int Longest = 10_000;

    /// <summary>Maps the form, its answer, and the page after it.</summary>
    public static void MapContact(this IEndpointRouteBuilder app)
    {
        app.MapGet("/contact", async (StoredSettings settings, CancellationToken ct) => Show(new ContactModel(await settings.Company(ct)))).RequireAuthorization(Policies.Public);
        app.MapPost("/contact", Tell).RequireAuthorization(Policies.Public);
        app.MapGet("/contact/thanks", Thanks).RequireAuthorization(Policies.Public);
    }

    private static async Task<IResult> Tell(HttpContext context, IFormCollection form, Database database, CaseStore cases, StoredSettings settings, Outbox outbox, PublicTries tries, TimeProvider clock)
    {
        var company = await settings.Company(context.RequestAborted);
        var model = new ContactModel(company) { Reach = form["reach"], Happened = form["happened"], Wanted = form["wanted"], Meant = form["meant"], About = form["about"] };
        var errors = new Dictionary<string, string>();
        var sender = Sender.Read(model.Reach);
        if (sender is null)
            errors["reach"] = "Write a mail address or a phone number, so that we can answer you.";
        if (string.IsNullOrWhiteSpace(model.Happened))
            errors["happened"] = "Tell us in a few words what happened, or what you want to say.";
        foreach (var (field, text) in new[] { ("happened", model.Happened), ("wanted", model.Wanted), ("meant", model.Meant) })
        {
            if (text?.Length > Longest)
                errors[field] = $"That is longer than {Longest} characters.";
        }

        IReadOnlyList<Upload> uploads = [];
        var kind = CaseKind.Complaint;
        try
        {
            kind = CaseKinds.Read(model.About);
            uploads = await Upload.Read(form.Files);
        }
        catch (Refused refused)
        {
            errors[refused.Code == "kind" ? "about" : refused.Code] = refused.Message;
        }

        if (errors.Count == 0 && !tries.Take(PublicTries.Contact, Requests.SourceOf(context)))
            errors["reach"] = "Many messages came from your network just now. Please try again in ten minutes, or call us.";
        if (errors.Count > 0)
            return Show(model with { Errors = errors }, StatusCodes.Status422UnprocessableEntity);

        var told = new Told(kind, sender!, model.Happened!.Trim(), model.Wanted?.Trim() ?? "", model.Meant?.Trim() ?? "", uploads, form["form"], clock.GetUtcNow());
        if (await database.Write(unit => Store(unit, cases, company, outbox, told)) is { } done)
            context.Response.Cookies.Append(DoneCookie, string.Create(CultureInfo.InvariantCulture, $"{done.Number}.{done.DueAt}"),
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromHours(1), Path = "/contact" });
        return TypedResults.Redirect303("/contact/thanks");
    }

    /// <summary>Opens the case with its first message and acknowledges it; <c>null</c> when this form was sent already.</summary>
    private static async Task<Stored?> Store(Unit unit, CaseStore cases, Company company, Outbox outbox, Told told)
    {
        if (!await AnsweredForms.TakeFirst(unit, told.FormId, told.At))
            return null;

        var customer = await Customers.FindOrAdd(unit, told.From.Address ?? "", told.From.Name, told.From.Phone, told.At);
        var by = Actor.Customer(customer.Id, customer.Name);
        var files = await Upload.Store(unit, told.Uploads);
        var text = told.Happened + (told.Meant.Length == 0 ? "" : $"\n\nWhat it means for me:\n{told.Meant}") + (told.Wanted.Length == 0 ? "" : $"\n\nWhat would put it right:\n{told.Wanted}");
        if (told.From.Address is null || !customer.Name.Equals(told.From.Name, StringComparison.OrdinalIgnoreCase))
            text += $"\n\n(How to reach: {told.From.Typed})"; // what a known customer's record does not have
        var number = await Intake.Open(unit, cases, company, new NewCase(Channel.Form, told.Kind, "", told.Happened, customer.Id, by, told.At),
            _ => new NewMessage(Direction.In, Channel.Form, customer.Name, text, told.At) { Attachments = files });
        var state = await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            if (told.Meant.Length > 0)
                @case.HearImpact(told.Meant.Length <= Case.LongestImpact ? told.Meant : Domain.Texts.Cut(told.Meant, Case.LongestImpact - 1) + "…", by, told.At); // all of it is in the message
            if (told.Wanted.Length > 0)
                @case.HearWantedOutcome(told.Wanted, by, told.At);
            if (told.From.Address is not { } address)
                return;
            var letter = Acknowledgement.For(company, number, @case.State) with { Subject = $"We have your message [{number}]" }; // anybody can type any address: it carries none of their words
            @case.Acknowledge(await outbox.Queue(unit, company, number, letter, Actor.Amends, told.At, [address]), told.At);
        });
        return new Stored(number, state!.NextContact!.DueAt.ToUnixTimeMilliseconds());
    }

    private static async Task<IResult> Thanks(HttpContext context, StoredSettings settings, TimeProvider clock)
    {
        var company = await settings.Company(context.RequestAborted);
        var parts = (context.Request.Cookies[DoneCookie] ?? "").Split('.');
        var known = parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _) & long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var due)
            && due < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? due : (long?)null;
        return Html.Show<ThanksPage, ThanksModel>(new ThanksModel(company, known is null ? null : parts[0], known is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, clock.GetUtcNow()));
    }

    private static IResult Show(ContactModel model, int status = StatusCodes.Status200OK) => Html.Show<ContactPage, ContactModel>(model, status);

    private sealed record Told(CaseKind Kind, Sender From, string Happened, string Wanted, string Meant, IReadOnlyList<Upload> Uploads, string? FormId, DateTimeOffset At);

    private sealed record Stored(long Number, long DueAt);
}
