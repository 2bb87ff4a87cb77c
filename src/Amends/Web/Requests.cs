namespace Amends.Web;

/// <summary>What a request asks for.</summary>
public static class Requests
{
    /// <summary>A script asks for a piece of a page.</summary>
    public static bool IsPartial(this HttpRequest request) =>
        request.Headers.ContainsKey("HX-Request") && !request.Headers.ContainsKey("HX-History-Restore-Request");

    /// <summary>A program asks: it reads JSON.</summary>
    public static bool IsApi(this HttpRequest request) => request.Path.StartsWithSegments("/api");

    /// <summary>The address if it is one of our own pages, otherwise <paramref name="otherwise"/>: nobody is sent elsewhere by a link to us.</summary>
    public static string LocalOr(string? url, string otherwise) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) && !url.Contains('\\') && !url.StartsWith("/sign-", StringComparison.Ordinal) ? url : otherwise;

    /// <summary>Where the request came from, as one key for counting: the address, for IPv6 its /64.</summary>
    public static string SourceOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address?.ToString() ?? "";
    }
}
