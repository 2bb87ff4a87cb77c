using Amends.Domain.People;
using Microsoft.AspNetCore.Authorization;

namespace Amends.Web;

/// <summary>
/// Who may call an endpoint. Each one carries exactly one of these; a test walks the endpoint list. Higher roles may do
/// what lower ones may.
/// </summary>
public static class Policies
{
    /// <summary>Everybody, signed in or not: sign-in, the public pages, health.</summary>
    public const string Public = "public";

    /// <summary>A program that signs what it posts with a secret that we share. The endpoint looks at the signature before anything else.</summary>
    public const string Signed = "signed";

    /// <summary>The customer of one case, by the cookie that the secure link was exchanged for.</summary>
    public const string Customer = "customer";

    /// <summary>Anybody of us; reads.</summary>
    public const string Reader = "reader";

    /// <summary>Handles cases.</summary>
    public const string Agent = "agent";

    /// <summary>Leads a team.</summary>
    public const string Lead = "lead";

    /// <summary>Reports and limits.</summary>
    public const string Manager = "manager";

    /// <summary>Settings and people.</summary>
    public const string Owner = "owner";

    /// <summary>The claim with the role of one of us.</summary>
    public const string RoleClaim = "role";

    /// <summary>The claim with the number of the customer's one case.</summary>
    public const string CaseClaim = "case";

    /// <summary>The scheme that customers are known by.</summary>
    public const string CustomerScheme = "customer";

    /// <summary>Registers all of them. An endpoint without one is refused to everybody but the owner.</summary>
    public static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Public, policy => policy.RequireAssertion(_ => true));
        options.AddPolicy(Signed, policy => policy.RequireAssertion(_ => true));
        options.AddPolicy(Customer, policy => policy.AddAuthenticationSchemes(CustomerScheme).RequireClaim(CaseClaim));
        foreach (var (name, role) in new[] { (Reader, Role.Reader), (Agent, Role.Agent), (Lead, Role.Lead), (Manager, Role.Manager), (Owner, Role.Owner) })
            options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => RoleOf(context.User) is { } has && has >= role));
        foreach (var (scope, _) in Scopes.All)
            options.AddPolicy(scope, policy => policy.AddAuthenticationSchemes(Scopes.Scheme).RequireClaim(Scopes.Claim, scope));
        options.FallbackPolicy = options.GetPolicy(Owner);
    }

    private static Role? RoleOf(System.Security.Claims.ClaimsPrincipal user) => Enum.TryParse<Role>(user.FindFirst(RoleClaim)?.Value, out var role) ? role : null;
}
