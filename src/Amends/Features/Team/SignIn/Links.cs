using Amends.Data;
using Amends.Web;

namespace Amends.Features.Team.SignIn;

/// <summary>Addresses that are passed on to somebody.</summary>
public static class Links
{
    /// <summary>
    /// Where a password is set by a token: under the public address; while there is none, under the address that the owner
    /// has open. Never under a name that a request merely claims, since only names that are ours are answered.
    /// </summary>
    public static async Task<string> ToPassword(string token, StoredSettings settings, Surroundings surroundings, HttpContext? context = null)
    {
        var start = surroundings.PublicUrl ?? (await settings.Company()).PublicUrl
            ?? (context is not null ? $"{context.Request.Scheme}://{context.Request.Host}" : surroundings.Urls.Split(';')[0]);
        return $"{start.TrimEnd('/')}/welcome/{token}";
    }
}
