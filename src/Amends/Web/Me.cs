using System.Security.Claims;
using Amends.Domain.People;

namespace Amends.Web;

/// <summary>Who is signed in, for endpoints: <c>context.User.Actor()</c>.</summary>
public static class Me
{
    /// <summary>One of us, as the case's log names them.</summary>
    /// <exception cref="InvalidOperationException">Nobody of us is signed in; the endpoint's policy was wrong.</exception>
    public static Actor Actor(this ClaimsPrincipal user) =>
        user.FindFirst(ClaimTypes.NameIdentifier) is { } id && Enum.TryParse<Role>(user.FindFirst(Policies.RoleClaim)?.Value, out var role)
            ? Domain.People.Actor.Person(long.Parse(id.Value), user.Identity?.Name ?? "", role)
            : throw new InvalidOperationException("Nobody of us is signed in.");
}
