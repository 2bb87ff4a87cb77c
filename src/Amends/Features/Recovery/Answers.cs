using Amends.Domain;
using Amends.Features.Shared;

namespace Amends.Features.Recovery;

/// <summary>How the forms answer.</summary>
internal static class Answers
{
    /// <summary>Back to the case (303), with words for the toast.</summary>
    /// <param name="context">The request.</param>
    /// <param name="number">The case.</param>
    /// <param name="words">For the toast.</param>
    /// <param name="page">A page of the case, such as <c>tone</c>; the case itself when not given.</param>
    public static IResult Back(HttpContext context, long number, string words, string? page = null)
    {
        Frame.Say(context, words);
        context.Response.Headers.Location = page is null ? $"/cases/{number}" : $"/cases/{number}/{page}";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}

/// <summary>A refusal as errors beside fields.</summary>
internal static class FieldErrors
{
    /// <summary>The sentence beside the field that its code belongs to; on top of the form when it belongs to none.</summary>
    public static IReadOnlyDictionary<string, string> Of(Refused no, params (string Code, string Field)[] fields) =>
        new Dictionary<string, string> { [fields.FirstOrDefault(each => each.Code == no.Code).Field ?? "main"] = no.Message };
}
