using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Letters;

namespace Amends.Features.Api;

/// <summary>What programs do to cases, by the same verbs as everybody else.</summary>
public sealed class WriteCases(CaseStore cases, StoredSettings settings, Outbox outbox, WordingDesk wording, DoOnce once)
{
    private const int LongestStory = 10_000, LongestText = 50_000, LongestLine = 200;

    /// <summary>Opens a case with its first message, and acknowledges it by mail where it can.</summary>
    public async Task<IResult> Open(HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<OpenCase>(context.Request);
        var customer = asked.Customer ?? throw new BadField("customer", "Say whose it is: an object with id, or with name and email or phone.");
        var story = Text("story", asked.Story, LongestStory, needed: true);
        var subject = Text("subject", asked.Subject, LongestLine);
        var wanted = Text("wanted_outcome", asked.WantedOutcome, LongestStory);
        var impact = Text("impact", asked.Impact, Case.LongestImpact);
        var source = asked.Source is { } from ? new Source { Place = from.Place, Handle = from.Handle, Link = from.Link, InPublic = from.InPublic, Stars = from.Stars, Dated = from.Dated } : null;
        var (name, email, phone) = (Text("customer.name", customer.Name, LongestLine), Text("customer.email", customer.Email, 254), Text("customer.phone", customer.Phone, 60));
        if (customer.Id is null && name.Length == 0 && email.Length == 0)
            throw new BadField("customer.name", "Give the customer's id, name or email.");
        if (email.Length > 0 && (!System.Net.Mail.MailAddress.TryCreate(email, out var parsed) || parsed.Address != email))
            throw new BadField("customer.email", "This is not a mail address.");
        if (customer.Id is not null && (name.Length > 0 || email.Length > 0 || phone.Length > 0))
            throw new BadField("customer.id", "Give the id alone, or no id.");

        var company = await settings.Company(context.RequestAborted);
        return await once.Run(context, body, async (unit, by, now) =>
        {
            var before = await OtherCases.CustomerOf(unit, asked.Follows);
            var whose = customer.Id is { } known ? (await Customers.Current(unit, known))?.Id ?? known : (await Customers.FindOrAdd(unit, email, name, phone.Length > 0 ? phone : null, now)).Id;
            var who = await unit.Value<string?>("select name from customers where id = @whose", new { whose }) ?? throw new Refused("customer", "There is no such customer.");
            if (before is { } earlier && earlier.Id != whose)
                throw new Refused("follows", $"Case {asked.Follows} is another customer's. If that is the same person, join the two customers first.");
            var number = await Intake.Open(unit, cases, company, new NewCase(asked.Channel, asked.Kind, subject, story, whose, by, now) { Source = source, Follows = asked.Follows },
                _ => new NewMessage(Direction.In, asked.Channel, who, wanted.Length == 0 ? story : $"{story}\n\nWhat would put it right:\n{wanted}", now));
            var reachable = asked.Acknowledge && await unit.Value<long>("select count(*) from customer_addresses where customer_id = @whose", new { whose }) > 0;
            var state = await cases.ChangeIn(unit, number, async (@case, inside) =>
            {
                if (wanted.Length > 0)
                    @case.HearWantedOutcome(wanted, Actor.Customer(whose, who), now);
                if (impact.Length > 0)
                    @case.HearImpact(impact, Actor.Customer(whose, who), now);
                if (reachable)
                    @case.Acknowledge(await outbox.Queue(inside, company, number, Acknowledgement.For(company, number, @case.State), Actor.Amends, now, email.Length > 0 ? [email] : null), now);
            });
            return new Written(StatusCodes.Status201Created, $"/api/v1/cases/{number}", new OpenedAnswer(number, whose, reachable, state!.NextContact!.DueAt));
        });
    }

    /// <summary>Sends a reply through the outbox, or stores a note.</summary>
    public async Task<IResult> Write(long number, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<WriteMessage>(context.Request);
        var kind = asked.Kind ?? throw new BadField("kind", "Either reply or note.");
        var text = Text("text", asked.Text, LongestText, needed: true);
        var company = await settings.Company(context.RequestAborted);
        return await once.Run(context, body, async (unit, by, now) =>
        {
            var id = 0L;
            var state = await cases.ChangeIn(unit, number, async (@case, inside) =>
            {
                if (kind == MessageKind.Note)
                {
                    id = await Conversation.Add(inside, number, new NewMessage(Direction.Note, Channel.Api, by.Name, text, now) { AuthorId = by.Kind == ActorKind.Person ? by.Id : 0 });
                    @case.Note(id, by, now);
                    return;
                }

                if (!@case.State.IsOpen)
                    throw new Refused("closed", "This case is closed. Somebody has to open it again first.");
                id = await outbox.Queue(inside, company, number, NoBlank.Checked(PlainReply.For(company, number, @case.State, text, by.Kind == ActorKind.Person ? by.Name : null), @case.State), by, now);
                @case.Speak(id, Channel.Mail, by, now, await wording.Said(@case.State, text, company, now));
            });
            return state is null ? null : new Written(StatusCodes.Status201Created, $"/api/v1/cases/{number}", new WrittenAnswer(id, number));
        });
    }

    private static string Text(string field, string? text, int most, bool needed = false) => (needed ? Checked.Needed(field, text, most) : Checked.Text(field, text, most)) ?? "";
}
