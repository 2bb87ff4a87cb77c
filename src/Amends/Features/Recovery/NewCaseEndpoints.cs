using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Recovery.Listening;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>
/// A case by hand: somebody called, came in, wrote a letter or a text message, or wrote where everybody reads it. In the three fields of any complaint, and for a call with
/// what we understood and promised, so that the case has been listened to when the receiver is down.
/// </summary>
public static class NewCaseEndpoints
{
    /// <summary>Maps the form and what it posts.</summary>
    public static void MapNewCases(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/new", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases", Save).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(HttpContext context, Frame frame, Database database, StoredSettings settings, CaseStore cases, LawDesk laws, TimeProvider clock, string? by, long? follows, long? mention)
    {
        var company = await settings.Company();
        var now = clock.GetUtcNow();
        var next = company.Calendar().After(company.Calendar().NextOpen(now), TimeSpan.FromHours(4));
        var fields = new NewCaseForm.Fields { Channel = by switch { "in_person" => "InPerson", "letter" => "Letter", "sms" => "Sms", "social" => "Social", "review" => "ReviewSite", _ => "Phone" }, NextAt = LocalTime.Of(next, company.Zone()), Spot = OnTheSpotFields.For(company, now) };
        if (mention is { } said && await new MentionDesk(database).Find(said, context.RequestAborted) is { } post)
            fields = fields with { Channel = post is { RatingBefore: not null, Link: not null } ? "ReviewSite" : "Social", Place = post.Site, Handle = post.Author, Name = post.Author, Link = post.Link, Stars = post.RatingBefore?.ToString(CultureInfo.InvariantCulture), InPublic = post.Body };
        if (follows is { } earlier && await cases.Find(earlier) is { } before)
            fields = fields with { Follows = earlier.ToString(CultureInfo.InvariantCulture), Name = before.CustomerName, Email = await database.Read(connection => Dapper.SqlMapper.ExecuteScalarAsync<string?>(connection, "select address from customer_addresses where customer_id = @CustomerId order by address limit 1", new { before.CustomerId })), Phone = await Customers.PhoneOf(database, before.CustomerId) };
        return Html.Show<NewCaseForm, NewCaseForm.View>(new(await frame.For(context), fields, new Dictionary<string, string>(), company, await MoneyDesk.MostOf(database, company, context.User.Actor(), now), await laws.For(0, null, context.RequestAborted), now));
    }

    private static async Task<IResult> Save(
        [FromForm] NewCaseForm.Fields? sent, HttpContext context, Frame frame, Database database, CaseStore cases, StoredSettings settings, Outbox outbox, PlaybookDesk playbooks, LawDesk laws, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var me = context.User.Actor();
        var company = await settings.Company();
        try
        {
            var now = clock.GetUtcNow();
            if (string.IsNullOrWhiteSpace(fields.Name))
                throw new Refused("name", "Who is it? A first name is enough.");
            if (!string.IsNullOrWhiteSpace(fields.Email) && !System.Net.Mail.MailAddress.TryCreate(fields.Email.Trim(), out _))
                throw new Refused("email", "This is not a mail address.");
            var kind = CaseKinds.Read(fields.Kind);
            var channel = fields.Channel switch { "InPerson" => Channel.InPerson, "Letter" => Channel.Letter, "Sms" => Channel.Sms, "Social" => Channel.Social, "ReviewSite" => Channel.ReviewSite, _ => Channel.Phone };
            var source = SourceOf(fields, channel).For(channel, now);
            var uploads = context.Request.HasFormContentType ? await Upload.Read(context.Request.Form.Files) : [];
            DateTimeOffset? next = string.IsNullOrWhiteSpace(fields.Next) ? null : LocalTime.Parse(fields.NextAt, company.Zone(), "promise_in_the_past");

            var number = await database.Write(async unit =>
            {
                long? follows = long.TryParse(fields.Follows, NumberStyles.None, CultureInfo.InvariantCulture, out var earlier) ? earlier : null;
                var customer = await OtherCases.CustomerOf(unit, follows) ?? await Customers.FindOrAdd(unit, fields.Email?.Trim() ?? "", fields.Name, string.IsNullOrWhiteSpace(fields.Phone) && channel == Channel.Sms ? source?.Handle : fields.Phone?.Trim(), now);
                var files = await Upload.Store(unit, uploads);
                var direction = channel == Channel.Phone ? Direction.Call : Direction.In;
                var opened = await Intake.Open(unit, cases, company, new NewCase(channel, kind, fields.Subject ?? "", fields.Story ?? "", customer.Id, me, now, me) { Source = source, Follows = follows },
                    _ => new NewMessage(direction, channel, channel == Channel.Phone ? me.Name : customer.Name, fields.Story ?? "", now) { AuthorId = channel == Channel.Phone ? me.Id : 0, Attachments = files });
                await cases.ChangeIn(unit, opened, async (@case, _) =>
                {
                    @case.BeginListening(me, now);
                    Heard(@case, fields, company, me, now);
                    if (!fields.OnTheSpot.IsEmpty)
                        @case.ResolveNow(fields.OnTheSpot.Read(fields.Outcome, fields.Happened, fields.Matters, company, now) with
                        {
                            Playbook = (await playbooks.For(opened, @case.State, company, now)).Playbook is { } suits ? PlaybookDesk.Terms(suits, company, null) : null,
                            Laws = await laws.In(unit, opened, fields.OnTheSpot.Bought.Read(@case.State.Category?.Code)),
                        }, channel, me, company.Calendar(), now, await MoneyDesk.PowerIn(unit, company, me, customer.Id, opened, now));
                    else if (next is { } due)
                        @case.KeepPromise(fields.Next!, due, me, company.Calendar(), now);
                    if (!string.IsNullOrWhiteSpace(fields.Email))
                        @case.Acknowledge(await outbox.Queue(unit, company, opened, Acknowledgement.For(company, opened, @case.State), me, now), now);
                });
                return opened;
            });
            return Answers.Back(context, number, "The case is open, and it is yours.");
        }
        catch (Refused no)
        {
            var errors = FieldErrors.Of(no, [("name", "Name"), ("follows", "Name"), ("kind", "Kind"), ("not_a_complaint", "Kind"), ("email", "Email"), ("story", "Story"), ("place", "Place"), ("handle", "From"), ("link", "Link"), ("stars", "Stars"), ("dated", "Dated"), ("files", "files"), ("category", "Category"), ("impact", "Impact"), ("listen_first", no.Message.Contains("danger") ? "AtRisk" : "Outcome"), ("promised", "Promised"),
                ("promise_in_the_past", "NextAt"), ("promise_too_far", "NextAt"), ("promise", "Next"), .. OnTheSpotFields.Places]);
            return Html.Show<NewCaseForm, NewCaseForm.View>(new(await frame.For(context), fields, errors, company, await MoneyDesk.MostOf(database, company, me, clock.GetUtcNow()), await laws.For(0, null, context.RequestAborted), clock.GetUtcNow()), StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static Source SourceOf(NewCaseForm.Fields fields, Channel channel) => new()
    {
        Place = channel == Channel.InPerson ? fields.Shop : fields.Place, Handle = channel == Channel.Sms ? fields.From : fields.Handle, Link = fields.Link, InPublic = fields.InPublic,
        Stars = string.IsNullOrWhiteSpace(fields.Stars) ? null : int.TryParse(fields.Stars, NumberStyles.None, CultureInfo.InvariantCulture, out var stars) ? stars : 0,
        Dated = string.IsNullOrWhiteSpace(fields.Dated) ? null : DateOnly.TryParseExact(fields.Dated, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var dated) ? dated : throw new Refused("dated", "Write the date on the letter as day, month and year."),
    };

    private static void Heard(Case @case, NewCaseForm.Fields fields, Company company, Domain.People.Actor me, DateTimeOffset now)
    {
        if (fields.OutcomeAsked == "on" || !string.IsNullOrWhiteSpace(fields.Outcome))
            @case.HearWantedOutcome(fields.Outcome, me, now);
        if (fields.AtRisk is "yes" or "no")
            @case.CheckSafety(fields.AtRisk == "yes", me, now);
        AskedFields.Categorise(@case, fields.Category, false, company, me, now);
        if (!string.IsNullOrWhiteSpace(fields.Impact))
            @case.HearImpact(fields.Impact, me, now);
        if (!fields.OnTheSpot.IsEmpty || (string.IsNullOrWhiteSpace(fields.Happened) && string.IsNullOrWhiteSpace(fields.Matters)))
            return;
        @case.WriteSummary(fields.Happened ?? "", fields.Matters ?? "", fields.Promised ?? fields.Next ?? "", me, now);
        if (!string.IsNullOrWhiteSpace(fields.Confirmed))
            @case.ConfirmSummary(1, @case.State.Channel, fields.Confirmed, me, now);
    }
}
