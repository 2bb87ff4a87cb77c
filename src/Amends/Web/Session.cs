using Amends.Domain.People;

namespace Amends.Web;

/// <summary>Somebody of us who is signed in, with what every page needs to know of them.</summary>
public sealed record Session
{
    public long Id { get; init; }
    public long PersonId { get; init; }
    public string Name { get; init; } = "";
    public string Email { get; init; } = "";
    public int RoleNumber { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix milliseconds; a few minutes behind at most.</summary>
    public long SeenAt { get; init; }
    public string Address { get; init; } = "";
    public string Browser { get; init; } = "";

    /// <summary>What they may do.</summary>
    public Role Role => (Role)RoleNumber;

    /// <summary>The session of this request; <c>null</c> when nobody of us is signed in.</summary>
    public static Session? Of(HttpContext context) => context.Features.Get<Session>();
}
