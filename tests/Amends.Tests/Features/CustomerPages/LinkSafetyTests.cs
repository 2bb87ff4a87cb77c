using System.Collections.Concurrent;
using System.Net;
using Amends.Data;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amends.Tests.Features.CustomerPages;

public sealed class LinkSafetyTests
{
    private static readonly string[] Pages = ["/c", "/c/confirm", "/c/choose", "/c/suggest", "/c/call", "/c/more", "/c/rate", "/c/date"];

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Opening_a_link_shows_only_a_button_and_changes_nothing(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();
        var link = await complaint.Link();
        using var scanner = new Browser(desk.Address);
        var before = await Everything(desk);

        await scanner.Open(CustomerLinks.PathOf(link));
        Assert.Equal(HttpStatusCode.OK, scanner.Response.StatusCode);
        Assert.DoesNotContain("Amara", scanner.Text);
        Assert.DoesNotContain(link, await scanner.Response.Content.ReadAsStringAsync());
        Assert.Equal("no-store", scanner.Response.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", scanner.Response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal(before, await Everything(desk));

        using var browser = await complaint.Browse();
        before = await Everything(desk);
        foreach (var page in Pages)
        {
            await browser.Open(page);
            Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
            Assert.Equal("no-store", browser.Response.Headers.CacheControl!.ToString());
            Assert.Equal("no-referrer", browser.Response.Headers.GetValues("Referrer-Policy").Single());
        }

        Assert.Equal(before, await Everything(desk));
    }

    [Fact]
    public async Task A_stranger_sees_none_of_the_pages()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        using var stranger = new Browser(desk.Address);
        foreach (var page in Pages.Append("/c/1001").Append("/c/" + new string('A', 43)).Append("/c/" + new string('A', 4000)))
        {
            await stranger.Open(page);
            Assert.Equal(HttpStatusCode.NotFound, stranger.Response.StatusCode);
            Assert.Contains("This link does not open anything", stranger.Text);
            Assert.DoesNotContain("Amara", stranger.Text);
        }

        using var customer = await complaint.Browse();
        await customer.Open("/cases/1001");
        Assert.Contains("/sign-in", customer.Path);
        Assert.DoesNotContain("Amara", customer.Text);
    }

    [Fact]
    public async Task A_session_sees_its_own_case_and_no_other()
    {
        await using var desk = await Desk.Start();
        var mine = await Complaint.Open(desk);
        var other = await Complaint.Open(desk, "Bo Lind", "Jo");
        await other.Summarise("A secret of somebody else.");
        using var browser = await mine.Browse();
        foreach (var page in Pages)
        {
            await browser.Open(page + $"?number={other.Number}&case={other.Number}");
            Assert.DoesNotContain("secret", browser.Text);
            Assert.DoesNotContain("Bo", browser.Text.Split(' '));
        }
    }

    [Fact]
    public async Task An_expired_or_revoked_link_leads_to_a_new_one()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        using var browser = await complaint.Browse();
        var link = CustomerLinks.PathOf(await complaint.Link());

        await browser.Open(link);
        await desk.Database.Write(unit => CustomerLinks.Revoke(unit, complaint.Number, desk.Clock.Now));
        await browser.Submit(null);
        Assert.Contains("This link does not open anything", browser.Text);
        await browser.Open("/c");
        Assert.Equal(HttpStatusCode.NotFound, browser.Response.StatusCode);

        await browser.Submit("/c/again", ("email", "nobody"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        await browser.Submit("/c/again", ("email", "stranger@customer.example"));
        var strangers = browser.Text;
        Assert.Contains("Look into your mail", strangers);
        Assert.Equal(0, await Letters());
        for (var i = 0; i < 5; i++)
        {
            await browser.Open("/c/again");
            await browser.Submit("/c/again", ("email", " AMARA.okafor@customer.example "));
            Assert.Equal(strangers, browser.Text);
        }

        Assert.Equal(3, await Letters());

        Task<long> Letters() => desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from outbox where recipient = 'amara.okafor@customer.example'"));
    }

    [Fact]
    public async Task Guessing_links_ends_soon()
    {
        await using var desk = await Desk.Start();
        using var stranger = new Browser(desk.Address);
        for (var i = 0; i < 30; i++)
            await stranger.Open("/c/" + i.ToString("x43"));
        Assert.Equal(HttpStatusCode.NotFound, stranger.Response.StatusCode);
        await stranger.Open("/c/" + new string('B', 43));
        Assert.Equal(HttpStatusCode.TooManyRequests, stranger.Response.StatusCode);
    }

    [Fact]
    public async Task No_log_line_holds_a_token_even_when_everything_is_logged()
    {
        var log = new Lines();
        await using var desk = await Desk.Start(change: (_, builder) => builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Trace)
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Trace).AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Trace).AddProvider(log));
        var complaint = await Complaint.Open(desk);
        var link = await complaint.Link();
        using var browser = new Browser(desk.Address);
        await browser.Open(CustomerLinks.PathOf(link));
        await browser.Submit(null);
        var wrong = new string('W', 43);
        await browser.Open("/c/" + wrong);

        Assert.NotEmpty(log.Kept);
        Assert.DoesNotContain(log.Kept, line => line.Contains(link) || line.Contains(wrong));
    }

    private static async Task<string> Everything(Desk desk) => await desk.Database.Read(async connection => string.Join('\n',
        from row in await connection.QueryAsync("select number, version, state from cases order by number") select row.ToString()) + await connection.ExecuteScalarAsync<string>(
        "select (select count(*) from events) || ' ' || (select count(*) from messages) || ' ' || (select count(*) from customer_sessions) || ' ' || (select count(*) from customer_links) || ' ' || (select count(*) from answered_forms) || ' ' || (select count(*) from jobs)"));

    private sealed class Lines : ILoggerProvider, ILogger, ISupportExternalScope
    {
        private IExternalScopeProvider? _scopes;
        public ConcurrentQueue<string> Kept { get; } = [];
        public ILogger CreateLogger(string categoryName) => this;
        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _scopes?.Push(state);
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Kept.Enqueue(formatter(state, exception) + exception);
            _scopes?.ForEachScope((scope, _) => Kept.Enqueue(scope + ""), 0);
        }

        public void Dispose()
        {
        }
    }
}
