using System.Text;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain.People;
using Amends.Mail.Smtp;
using Amends.Web;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Amends.Tests.Channels.Email;

/// <summary>A desk that takes mail for <c>service@desk.example</c>, and what tests do with it.</summary>
internal static class MailDesk
{
    public const string Ours = "service@desk.example";

    public static async Task<Desk> Start(string kind, bool agent = true, bool demo = false, Func<Surroundings, Surroundings>? with = null)
    {
        var desk = await Desk.Start(kind, smtp: true, change: (surroundings, builder) => builder.Services.AddSingleton(with?.Invoke(surroundings) ?? surroundings));
        await desk.Get<StoredSettings>().Set(new Company { Name = "Kettle & Co", MailFrom = Ours, TimeZone = "Europe/Berlin", PublicUrl = "https://care.desk.example", IsDemo = demo });
        if (agent)
            await desk.AddPerson("Jo", Role.Agent);
        return desk;
    }

    /// <summary>A plain mail.</summary>
    public static string Mail(string from, string subject, string text, string? id = null, string extra = "", string to = Ours) =>
        $"From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Wed, 4 Mar 2026 09:59:00 +0000\r\nMessage-ID: <{id ?? Guid.NewGuid().ToString("n") + "@elsewhere.example"}>\r\n{extra}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n";

    /// <summary>Hands a mail to the desk by SMTP; returns the server's answer.</summary>
    public static async Task<SmtpOutcome> Post(this Desk desk, string mail, string to = Ours, string from = "amara@customer.example")
    {
        var endpoint = desk.Get<SmtpIntake>().Endpoint!;
        await using var client = new SmtpClient(new SmtpClientOptions { Host = "127.0.0.1", Port = endpoint.Port, Security = SmtpSecurity.None });
        return await client.Send(from, [to], Encoding.UTF8.GetBytes(mail), TestContext.Current.CancellationToken);
    }

    /// <summary>Reads everything that is stored.</summary>
    public static async Task ReadAll(this Desk desk)
    {
        while (await desk.Get<ReadMail>().RunOnce(default))
        {
        }
    }

    public static Task<T?> Value<T>(this Desk desk, string sql, object? values = null) => desk.Database.Read(connection => connection.ExecuteScalarAsync<T>(sql, values));

    public static async Task<List<T>> Rows<T>(this Desk desk, string sql, object? values = null) => (await desk.Database.Read(connection => connection.QueryAsync<T>(sql, values))).AsList();

    /// <summary>The outgoing mails in the order in which they were queued, as they go out.</summary>
    public static async Task<List<string>> Outgoing(this Desk desk)
    {
        var mails = new List<string>();
        foreach (var row in await desk.Rows<OutboxRow>("select * from outbox order by id"))
            mails.Add(Encoding.UTF8.GetString(await desk.Get<Outbox>().Open(desk.Database, row.RawDigest)));
        return mails;
    }

    /// <summary>A header field's value, unfolded.</summary>
    public static string Header(string mail, string name) => Amends.Mail.Mime.MimeReader.Read(Encoding.UTF8.GetBytes(mail)).Headers.Value(name) ?? "";
}
