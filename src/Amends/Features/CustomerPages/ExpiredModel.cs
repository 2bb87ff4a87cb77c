using Amends.Data;

namespace Amends.Features.CustomerPages;

/// <summary>What the page for a link that opens nothing shows.</summary>
public sealed record ExpiredModel(Company Company)
{
    /// <summary>A new link was asked for; the page says the same whether we know the address or not.</summary>
    public bool Sent { get; init; }

    /// <summary>The address that was typed.</summary>
    public string? Email { get; init; }

    /// <summary>Field → what is wrong.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}
