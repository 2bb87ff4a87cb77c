using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Tests.Web;

/// <summary>Somebody presses the button before writing anything; the answer is a sentence, whatever the form.</summary>
public sealed partial class EmptyFormTests
{
    /// <summary>Forms that need nothing to be filled in: they do what their button says.</summary>
    private static readonly string[] JustDo =
    [
        "/sign-out", "/profile/sessions/{id:long}/end", "/profile/sessions/end-others", "/settings/people/{id:long}/leave", "/settings/people/{id:long}/return", "/settings/people/{id:long}/link", "/settings/ready",
        "/settings/teams/{id:long}/retire", "/settings/teams/{id:long}/return",
        "/settings/charter", // a company without one says nothing
        "/settings/hours", // a week without a field is closed
        "/setup", // over once somebody works here: it leads to the sign-in
        "/cases/{number:long}/owner", // nobody's
        "/cases/{number:long}/severity", // normal
        "/cases/{number:long}/handling/support", "/cases/{number:long}/handling/fix", "/cases/{number:long}/handling/rest/end", // nothing special, no day, no rest
        "/cases/{number:long}/held/{id:long}/undo", "/cases/{number:long}/draft/other", "/cases/{number:long}/presence", "/cases/{number:long}/unread", "/cases/{number:long}/as-customer",
        "/cases/{number:long}/remedies/{id:int}/done", // a receipt is no must
        "/cases/{number:long}/remedies/{id:int}/owner", "/content/{key}/stock", // whose the case is; there is no stock of a policy: 404
        "/cases/{number:long}/offers/{id:int}/approval", "/who-else/notices/{id:long}/agreement", "/cases/{number:long}/offers/{id:int}/sending", "/c/no-need", "/c/confirm",
        "/cases/{number:long}/delivery", // all is done by then, and the cause may be unknown
        "/cases/{number:long}/notes/draft", "/cases/{number:long}/live/draft", "/calls/live/draft", // what the page's script keeps, however little
        "/cases/{number:long}/reopening", // this one is open
        "/cases/{number:long}/draft", // what the page's script keeps; it says which of the two drafts it is, or 404
        "/cases/{number:long}/wording", // no words, no hints
        "/settings/limits/delegations/{id:long}/end", // there is none: 404
        "/mentions/{id:long}/case", "/mentions/{id:long}/answer", "/mentions/{id:long}/rating", // there is none: 404
        "/settings/tokens/{id:long}/revocation", // there is no such token: 404
        "/reports/hearing/sample/draw", // there is nothing to say: it draws
        "/notices/read", // none of them
        "/outbox/release", "/outbox/{id:long}/drop", // nothing is held: back to the outbox
        "/settings/mail/mailboxes/{id:long}/switch", // off
        "/incoming/{id:long}/look", "/incoming/{id:long}/again", // our own listener is not looked at: 404
        "/quarantine/{id:long}/again",
        "/settings/mail/receiver", // nobody is believed
        "/settings/mail/keys", "/settings/mail/keys/{id:long}/use", "/settings/mail/keys/{id:long}/remove", // a key of its own; there is no such key: 404, or gone already
        "/settings/mail/accounts/{id:long}/removal", // there is none
        "/customers/{id:long}/letters", // they are welcome
        "/no-letters/link", // without its token it opens nothing: 404
        "/my/likes", "/my/rest", "/my/reviews/{number:long}/removal", "/training/{key}/again", // all is off; one was taken; nothing is there; from the beginning
        "/my/swaps/{id:long}/end", "/my/readings/{id:long}/back", // there is none: 404
        "/customers/{id:long}/care/preferences", "/customers/{id:long}/care/support", // no wishes, no needs
        "/customers/{id:long}/apart", // from nobody: 404
        "/cases/{number:long}/costs/{id:long}/removal", // nothing was written down: 404
        "/improvements/{id:long}/cases/{number:long}/removal", // it is taken out
        "/reports/mails/{id:long}/pause", "/reports/mails/{id:long}/going-on", "/reports/mails/{id:long}/now", "/reports/mails/{id:long}/end",
        "/exports/{id:long}/end", "/exports/{id:long}/again", // it is cancelled, and made again
        "/reports/signals/{id:long}/why", // there is nothing to fill in: it opens the ladder
        "/welcome", // without its link there is nobody to greet: 404
    ];

    [Fact]
    public async Task An_empty_form_is_answered_with_a_sentence_and_never_with_a_failure_of_ours()
    {
        await using var demo = await DemoDesk.Start();
        using var owner = await demo.Desk.SignIn(await demo.Desk.AddPerson("Ona", Role.Owner));
        using var stranger = demo.Desk.Browser(follow: false);
        using var offered = await demo.Browse(demo.In(CaseStage.Offered));
        var (ours, theirs, customers) = (await owner.FormToken("/profile"), await stranger.FormToken("/contact"), await offered.FormToken("/c/more"));
        var wrong = new List<string>();
        var forms = demo.Desk.Endpoints().Where(endpoint => endpoint.Verbs().Contains("POST") && endpoint.Route() is not ("/{*path}" or "/sign-out" or "/c/link") && endpoint.Policy() != Policies.Signed && !endpoint.Route().StartsWith("/api/", StringComparison.Ordinal)).ToList(); // what takes JSON is no form; ApiTests send it empty; what is signed has a test of its own
        Assert.True(forms.Count > 55);
        foreach (var endpoint in forms.OrderBy(endpoint => endpoint.Route().EndsWith("/again", StringComparison.Ordinal))) // those take mails out of quarantine, which other forms need
        {
            var path = (await demo.PathOf(endpoint.Route()))!;
            var (browser, token) = endpoint.Policy() switch { Policies.Customer => (offered, customers), Policies.Public => (stranger, theirs), _ => (owner, ours) };
            foreach (var content in (HttpContent[])[new FormUrlEncodedContent([new("__RequestVerificationToken", token)]), new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } }, Json(token)])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
                if (content is StringContent)
                    request.Headers.Add("RequestVerificationToken", token);
                using var answer = await browser.SendAsync(request);
                if (Wrong(endpoint.Route(), content is StringContent, answer.StatusCode, await answer.Content.ReadAsStringAsync()) is { } words)
                    wrong.Add($"POST {path} ({content.Headers.ContentType?.MediaType}): {words}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static StringContent Json(string token) => new($"{{\"__RequestVerificationToken\":\"{token}\"}}", new MediaTypeHeaderValue("application/json"));

    private static string? Wrong(string route, bool isJson, HttpStatusCode got, string html)
    {
        if ((int)got >= 500)
            return $"answered {got}";
        if (isJson)
            return got is HttpStatusCode.UnsupportedMediaType or HttpStatusCode.BadRequest ? null : $"answered {got} to JSON";
        if (got == HttpStatusCode.UnprocessableEntity)
            return Sentence().IsMatch(html) ? null : "says nothing";
        return JustDo.Contains(route) ? got is HttpStatusCode.SeeOther or HttpStatusCode.NoContent or HttpStatusCode.OK or HttpStatusCode.NotFound ? null : $"answered {got}" : $"answered {got} instead of 422";
    }

    /// <summary>An alert, a summary of errors, or the page that says what did not work, with some words in it.</summary>
    [GeneratedRegex("(role=\"alert\"|<h1>That did not work|class=\"[^\"]*(error|problem|trouble|banner)[^\"]*\")[^>]*>(?s:.){0,300}?[A-Za-z]{3,} [a-z]")]
    private static partial Regex Sentence();
}
