
namespace Amends.Features.Shared.Errors;

/// <summary>What went wrong, for a person and for a program.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Title">A few words.</param>
/// <param name="Words">What to do.</param>
public sealed record Trouble(int Status, string Code, string Title, string Words)
{
    /// <summary>Where "back" leads.</summary>
    public string Back { get; init; } = "/";

    /// <summary>A number to find it in the log by; only where looking helps.</summary>
    public string? Reference { get; init; }

    /// <summary>The words for a status that nobody explained.</summary>
    public static Trouble Of(int status) => status switch
    {
        400 => new(400, "bad_request", "That could not be read", "Something in the request is missing or not as expected. Go back and try once more."),
        401 => new(401, "sign_in_first", "Please sign in", "Only people who are signed in can see this."),
        403 => new(403, "not_allowed", "This is not open to you", "Your role does not include this. Ask an owner of this desk if it should."),
        404 => new(404, "not_found", "There is nothing here", "The address may be mistyped, or what was here is gone."),
        405 => new(405, "wrong_method", "That cannot be done here", "Go back and use the page's own buttons."),
        409 => new(409, "somebody_was_faster", "Somebody was faster", "This changed while you had it open. Load the page again and look before you go on."),
        413 => new(413, "too_large", "That is too large", "Files may have up to 30 megabytes together. Send a smaller one, or several messages."),
        415 => new(415, "wrong_type", "That could not be read", "The request is in a format that is not understood here."),
        422 => new(422, "refused", "That did not work", "Something is missing. Go back and look at the form again."),
        429 => new(429, "too_many", "Too many tries", "There were many tries from where you are. Wait a minute and try again."),
        503 => new(503, "not_ready", "Not ready yet", "Amends is starting or cannot reach its database. Try again in a moment."),
        >= 500 => new(status, "our_fault", "Something went wrong here", "This is our fault, not yours. What you sent was either kept whole or not at all; go back and look before you send it again."),
        _ => new(status, "refused", "That did not work", "Go back and try once more."),
    };

    /// <summary>A form whose token is missing or old.</summary>
    public static Trouble StaleForm { get; } = new(400, "stale_form", "This page was open for too long",
        "You signed in or out since, or it was open for very long. Go back, load the page again and send it once more; copy what you wrote first.");

    /// <summary>Somewhere below, an answer was chosen without words; these are the words.</summary>
    public void Explain(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Features.Set(this);
    }
}
