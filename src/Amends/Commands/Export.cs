using System.Text.Json;
using System.Text.Json.Nodes;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Data.Exports;
using Amends.Domain;

namespace Amends.Commands;

/// <summary><c>amends export</c>: for people and other programs, a JSON object a line, each with its <c>type</c>.</summary>
public static class Export
{
    private static readonly JsonSerializerOptions Json = CaseJson.Options;

    /// <summary>Writes one customer with everything about them, or everybody: customers, orders, cases, messages, events, attachments.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        Backup.MustBeThere(line.Surroundings);
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        await using var snapshot = await Snapshot.Take(database);
        long? customer = null;
        if (line.Option("--customer") is { } address)
        {
            customer = await snapshot.Value<long?>("select customer_id from customer_addresses where address_key = @key", new { key = Customers.KeyOf(address) })
                ?? throw new Refused("nobody", $"No customer has the address {address}.");
        }

        await using var to = line.Option("--out") is { } file ? new StreamWriter(Own(file)) : new StreamWriter(Console.OpenStandardOutput());
        await Write(snapshot, customer, line.Has("--attachments"), database, to);
        return 0;
    }

    private static async Task Write(Snapshot snapshot, long? customer, bool contents, Database database, TextWriter to)
    {
        var whose = new { customer };
        var mine = customer is null ? "" : "where c.customer_id = @customer";
        await Rows("customer", $"select c.id, c.name, c.phone, c.language, c.place, c.since, c.created_at, c.merged_into, c.preferred_name, c.preferred_channel, c.support, c.support_words, c.support_agreed_at, c.representative from customers c {(customer is null ? "" : "where c.id = @customer or c.merged_into = @customer")} order by c.id");
        await Rows("customer_change", $"select c.customer_id, c.at, c.by_name, c.what from customer_log c {mine} order by c.customer_id, c.id");
        await Rows("address", $"select c.customer_id, c.address from customer_addresses c {mine} order by c.customer_id, c.address");
        await Rows("order", $"select {PlainRow.Orders} from orders c {mine} order by c.customer_id, c.placed_at, c.id");
        await Rows("signal_correction", $"select c.customer_id, c.kind, c.why, c.at from signal_corrections c {mine} order by c.customer_id, c.id");
        await Rows("case", $"select c.number, c.customer_id, c.state from cases c {mine} order by c.number");
        await Rows("message", $"select {PlainRow.Messages}, m.html from messages m join cases c on c.number = m.case_number {mine} order by m.case_number, m.id");
        await Rows("event", $"select {PlainRow.Events} from events e join cases c on c.number = e.case_number {mine} order by e.case_number, e.seq");
        await Rows("attachment", $"select a.id, a.message_id, m.case_number, a.name, a.content_type, a.size, a.digest from attachments a join messages m on m.id = a.message_id join cases c on c.number = m.case_number {mine} order by a.id");

        async Task Rows(string type, string sql)
        {
            await foreach (var row in snapshot.Rows<dynamic>(sql, whose))
            {
                var json = new JsonObject { ["type"] = type };
                foreach (var (name, value) in (IDictionary<string, object?>)row)
                    json[name] = ValueOf(name, value);
                if (contents && type == "attachment")
                    json["content_base64"] = Convert.ToBase64String(await Blobs.Get(database, json["digest"]!.GetValue<string>()));
                await to.WriteLineAsync(json.ToJsonString(Json));
            }
        }
    }

    /// <summary>Documents as they are, the rest as <see cref="PlainRow"/> says.</summary>
    private static JsonNode? ValueOf(string name, object? value) => (name, value) switch
    {
        ("state" or "body" or "support" or "representative", string document) => JsonNode.Parse(document),
        _ => PlainRow.Of(name, value) switch { null => null, string text => JsonValue.Create(text), bool truth => JsonValue.Create(truth), var number => JsonValue.Create((long)number) },
    };

    /// <summary>A file that nobody else reads: it holds what customers wrote.</summary>
    internal static FileStream Own(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(file, options);
    }
}
