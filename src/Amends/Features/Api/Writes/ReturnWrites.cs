using Amends.Adapters.Carriers;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;

namespace Amends.Features.Api.Writes;

/// <summary>What a customer sends back: its label, what was in the parcel, what waited for it; and their word on a substitute.</summary>
public sealed class ReturnWrites(CaseWrite write, CaseStore cases, CarrierLabels carriers)
{
    private const int MostBytes = 5 * 1024 * 1024, LongestBody = 7_500_000; // base64 makes four characters of three bytes

    /// <summary>Gives the customer a label, or how the parcel is collected; a second one takes the place of the first.</summary>
    public Task<IResult> Label(long number, int id, HttpContext context) => write.Send<IssueLabel>(number, context, asked =>
    {
        var said = asked.Value;
        var (carrier, tracking, instructions) = (Checked.Needed("carrier", said.Carrier, 100), Checked.Text("tracking", said.Tracking, 100), Checked.Text("instructions", said.Instructions, 2000));
        var expires = asked.Moment("expires_at", said.ExpiresAt) ?? throw new BadField("expires_at", "Say until when the label is good.");
        var type = said.Label is null ? "" : TypeOf(said.Label);
        var packed = said.Label is null ? null : Blobs.Prepare(said.Label);
        return async work =>
        {
            var had = ParcelOf(work.Case, id);
            var kept = packed is null ? had?.Label.File : new LabelFile(NameOf(type), type, await Blobs.Put(work.Unit, packed));
            work.Case.IssueReturn(id, new ReturnLabel(carrier, tracking, kept, instructions?.ReplaceLineEndings("\n"), expires), had is null ? await RemedyDesk.NextReturn(work.Unit) : 0, work.By, work.Now);
        };
    }, state => ReturnStep.Of(number, id, state), LongestBody);

    /// <summary>Has the carrier's program make the label, outside any transaction; asked again it gives the same one.</summary>
    public async Task<IResult> AskCarrier(long number, int id, HttpContext context)
    {
        var (asked, body) = await write.Read<Nothing>(context);
        var set = asked.Company.Remedies;
        if (set.CarrierUrl.Length == 0)
            throw new Refused("carrier_off", "No carrier's program is set up. Send the label yourself.");
        if (await cases.Find(number, context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        if (state.Remedies.FirstOrDefault(each => each.Id == id) is not { Kind: RemedyKind.Return } remedy)
            throw new Refused("remedy", "Nothing is sent back by this line.");
        var made = remedy.Return is null ? await carriers.Ask(set, number, id, context.RequestAborted) : null;
        var packed = made is null ? null : Blobs.Prepare(made.Content);
        return await write.Run(number, context, body, asked.Company, async work =>
        {
            if (packed is null || ParcelOf(work.Case, id) is not null)
                throw new Refused("scanned", "This return has its label already.");
            var file = new LabelFile(NameOf(made!.ContentType), made.ContentType, await Blobs.Put(work.Unit, packed));
            work.Case.IssueReturn(id, new ReturnLabel(made.Carrier, made.Tracking, file, set.ReturnInstructions, made.ExpiresAt ?? work.Now.AddDays(set.LabelDays)), await RemedyDesk.NextReturn(work.Unit), work.By, work.Now);
        }, done => ReturnStep.Of(number, id, done));
    }

    /// <summary>What came back was looked at.</summary>
    public Task<IResult> Inspect(long number, int id, HttpContext context) => write.Send<InspectParcel>(number, context, asked =>
    {
        var said = asked.Value;
        var look = new ReturnLook(id, Checked.Chosen("result", said.Result, "Say what you found: pass, fail or other."), Checked.Text("note", said.Note, 1000), Checked.Text("mark", said.Mark, 200), null, said.Sure);
        var order = Checked.Text("order", said.Order, 60);
        return async work =>
        {
            var chosen = order is null ? (long?)null : await work.Unit.Value<long?>("select id from orders where number_key = @key", new { key = Customers.KeyOf(order) }) ?? throw new Refused("order", "There is no such order.");
            await SentGoods.Inspect(work.Unit, work.Case, number, look with { Order = chosen }, work.By, work.Now);
        };
    }, state => ReturnStep.Of(number, id, state));

    /// <summary>What waits for a parcel is due all the same.</summary>
    public Task<IResult> Release(long number, int id, HttpContext context) => write.Do<ReleaseLine>(number, context, asked =>
    {
        var why = Checked.Needed("why", asked.Value.Why, 500);
        return work => work.Case.ReleaseRemedy(id, why, work.By, work.Calendar, work.Now);
    }, state => RemedyLine.Of(number, id, state));

    /// <summary>The customer agrees to a substitute, in their words.</summary>
    public Task<IResult> Agree(long number, int id, HttpContext context) => write.Do<AgreeToSubstitute>(number, context, asked =>
    {
        var (via, words) = Quoted.Of(asked.Value.Via, asked.Value.Words);
        return work => work.Case.AgreeToSubstitute(id, via, words, Quoted.Speaker(work, asked.Value.ByRepresentative), work.Now);
    }, state => RemedyLine.Of(number, id, state));

    private static ReturnState? ParcelOf(Case @case, int id) => @case.State.Remedies.FirstOrDefault(each => each.Id == id)?.Return;

    private static string TypeOf(byte[] label) =>
        label.Length > MostBytes ? throw new BadField("label", "That is larger than 5 MB. A label is smaller.")
        : label.AsSpan().StartsWith("%PDF-"u8) ? "application/pdf"
        : label.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : throw new BadField("label", "This is no label that can be printed everywhere. Send a PDF or a PNG, in base64.");

    private static string NameOf(string type) => type == "image/png" ? "label.png" : "label.pdf";
}

/// <summary>The label of a return; paid by you, always.</summary>
public sealed record IssueLabel
{
    /// <summary>Who carries the parcel.</summary>
    public string? Carrier { get; init; }

    /// <summary>The carrier's number.</summary>
    public string? Tracking { get; init; }

    /// <summary>A PDF or PNG of up to 5 MB, in base64; what was there stays when left out.</summary>
    public byte[]? Label { get; init; }

    /// <summary>How to pack it and where to hand it in, or how it is collected; needed without a label.</summary>
    public string? Instructions { get; init; }

    /// <summary>Until when it is good.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>What was found in a parcel.</summary>
public sealed record InspectParcel
{
    /// <summary>pass, fail or other.</summary>
    public Inspection? Result { get; init; }

    /// <summary>In words; needed unless it is as agreed.</summary>
    public string? Note { get; init; }

    /// <summary>The lot or serial number on it; several parted by commas.</summary>
    public string? Mark { get; init; }

    /// <summary>The number of the order that it is of; the case's own when left out.</summary>
    public string? Order { get; init; }

    /// <summary>The number was read twice: without this, one that differs from what was sent is refused once.</summary>
    public bool Sure { get; init; }
}

/// <summary>Why it does not wait for the parcel.</summary>
public sealed record ReleaseLine(string? Why);

/// <summary>The customer's own yes to a substitute.</summary>
/// <param name="Via">mail, phone, in_person, letter, sms or social.</param>
/// <param name="Words">What they said, quoted.</param>
/// <param name="ByRepresentative">Whoever acts for the customer said it.</param>
public sealed record AgreeToSubstitute(Channel? Via, string? Words, bool ByRepresentative = false);

/// <summary>Where a return stands.</summary>
/// <param name="Number">The case.</param>
/// <param name="State">Its stage.</param>
/// <param name="RemedyId">The line.</param>
/// <param name="ReturnNumber">The return's number, by which parcels are scanned.</param>
/// <param name="ExpiresAt">Until when its label is good.</param>
/// <param name="ReceivedAt">When the parcel was here.</param>
/// <param name="Inspection">What was found in it.</param>
/// <param name="StillOwed">How many lines are still owed.</param>
public sealed record ReturnStep(long Number, CaseStage State, int RemedyId, string? ReturnNumber, DateTimeOffset? ExpiresAt, DateTimeOffset? ReceivedAt, Inspection? Inspection, int StillOwed)
{
    /// <summary>A return of a case.</summary>
    internal static ReturnStep Of(long number, int id, CaseState state)
    {
        var parcel = state.Remedies.First(each => each.Id == id).Return;
        return new(number, state.Stage, id, parcel?.Number, parcel?.Label.ExpiresAt, parcel?.ReceivedAt, parcel?.Inspection, state.Remedies.Count(each => each.IsOpen));
    }
}
