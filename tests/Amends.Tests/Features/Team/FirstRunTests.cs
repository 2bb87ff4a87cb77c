using System.Net;
using Amends.Data;
using Amends.Domain.People;
using Amends.Features.Team.People;
using Amends.Features.Team.Setup;
using Dapper;

namespace Amends.Tests.Features.Team;

/// <summary>The first start of an empty desk and the steps of its set-up.</summary>
public sealed class FirstRunTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_code_from_the_console_makes_the_owner_once_and_the_steps_open_the_desk(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var first = desk.Get<FirstRun>();
        await first.NewCode();
        var code = (await first.NewCode())!;
        using var browser = desk.Browser(follow: false);
        Assert.Equal("/setup", (await browser.GetAsync("/sign-in")).Headers.Location!.ToString());
        var fields = new Dictionary<string, string> { ["code"] = "WRONG", ["name"] = "Ona", ["email"] = "ona@desk.example", ["password"] = Browserless.Password };

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send("/setup", "/setup", fields)).StatusCode);
        fields["code"] = code.ToLowerInvariant().Replace('-', ' ');
        var made = await browser.Send("/setup", "/setup", fields);

        Assert.Equal("/settings/company", made.Headers.Location?.ToString());
        Assert.Equal(Role.Owner, (await desk.Get<Staff>().Find("ona@desk.example"))!.Role);
        Assert.Null(await first.NewCode());
        Assert.DoesNotContain(code, await desk.Database.Read(async connection => string.Join(',', await connection.QueryAsync<string>("select value from settings"))));

        Assert.Equal("/settings/hours", await Next("/settings/company", new() { ["name"] = "Kettles & Co", ["timeZone"] = "Europe/Berlin", ["currency"] = "eur", ["publicUrl"] = "https://kettles.example/", ["assign"] = "no" }));
        Assert.Equal("/settings/mail", await Next("/settings/hours", new() { ["tuesday-from"] = "08:30", ["tuesday-to"] = "12:00", ["holidays"] = "2026-12-25\n2026-12-26" }));
        await Next("/settings/charter", new() { ["charter"] = "We hear you out." });
        Assert.Equal("/inbox/mine", await Next("/settings/charter", [], "/settings/ready"));

        var company = (await desk.Get<StoredSettings>().Get<Company>("company"))!;
        Assert.Equal(("Kettles & Co", "Europe/Berlin", "EUR", "https://kettles.example", false, true), (company.Name, company.TimeZone, company.Currency, company.PublicUrl, company.AssignAtOnce, company.IsSetUp));
        Assert.Equal("08:30-12:00", Assert.Single(company.OpenHours).Value);
        Assert.Equal(2, company.Holidays.Count);

        async Task<string?> Next(string page, Dictionary<string, string> form, string? action = null) => (await browser.Send(page, action ?? page, form)).Headers.Location?.ToString();
    }

    [Fact]
    public async Task What_cannot_be_right_is_said_beside_its_field()
    {
        await using var desk = await Desk.Start();
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));

        var company = await owner.Send("/settings/company", "/settings/company", new() { ["name"] = "", ["timeZone"] = "Nowhere", ["currency"] = "euros", ["publicUrl"] = "complaints" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, company.StatusCode);
        var html = await company.Content.ReadAsStringAsync();
        foreach (var field in (string[])["name", "timeZone", "currency", "publicUrl"])
            Assert.Contains($"id=\"{field}-error\"", html);

        var hours = await owner.Send("/settings/hours", "/settings/hours", new() { ["monday-from"] = "17:00", ["monday-to"] = "09:00", ["holidays"] = "Christmas" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, hours.StatusCode);
        Assert.Contains("Christmas is not a date", await hours.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_and_not_kept()
    {
        await using var desk = await Desk.Start();
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));

        var answer = await owner.Send("/settings/mail", "/settings/mail/outgoing", new() { ["host"] = "127.0.0.1", ["port"] = "1", ["security"] = "none" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("class=\"bad\"", await answer.Content.ReadAsStringAsync());
        Assert.Null(await desk.Database.Read(connection => connection.ExecuteScalarAsync<string?>("select value from settings where name = 'outgoing'")));

        var box = await owner.Send("/settings/mail", "/settings/mail/mailboxes", new() { ["address"] = "complaints@desk.example", ["host"] = "127.0.0.1", ["port"] = "1", ["security"] = "none", ["user"] = "amends", ["password"] = "a secret" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, box.StatusCode);
        var own = await owner.Send("/settings/mail", "/settings/mail/mailboxes", new() { ["address"] = "complaints@desk.example" });
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Theory]
    [InlineData("five-eight-seven")]
    [InlineData("70000")]
    [InlineData("-1")]
    public async Task A_port_that_is_none_is_said_beside_it_and_stays_as_it_was_typed(string port)
    {
        await using var desk = await Desk.Start();
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        foreach (var (path, id) in ((string, string)[])[("outgoing", "out-port"), ("mailboxes", "in-port")])
        {
            var answer = await owner.Send("/settings/mail", $"/settings/mail/{path}", new() { ["address"] = "complaints@desk.example", ["host"] = "mail.example", ["port"] = port, ["user"] = "amends", ["password"] = "a secret" });

            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var field = (await answer.Tree()).QuerySelector($"#{id}")!;
            Assert.Equal(port, field.GetAttribute("value"));
            Assert.Contains("A port is a number from 1 to 65535.", field.ParentElement!.TextContent);
        }
    }

    [Fact]
    public async Task A_mailbox_is_switched_off_and_on_again_with_its_settings_kept()
    {
        await using var desk = await Desk.Start();
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        await owner.Send("/settings/mail", "/settings/mail/mailboxes", new() { ["address"] = "complaints@desk.example" });
        var mailboxes = desk.Get<Amends.Channels.Email.Mailboxes>();
        var id = (await mailboxes.All())[0].Id;

        await owner.Send("/settings/mail", $"/settings/mail/mailboxes/{id}/switch");
        Assert.Contains("complaints@desk.example by our own listener, switched off", (await owner.Open("/settings/mail")).Words(".probe li"));
        Assert.False(await mailboxes.Takes("complaints@desk.example", default));

        await owner.Send("/settings/mail", $"/settings/mail/mailboxes/{id}/switch", new() { ["on"] = "yes" });
        Assert.True(await mailboxes.Takes("complaints@desk.example", default));
    }
}
