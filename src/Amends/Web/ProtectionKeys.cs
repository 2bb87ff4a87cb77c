using System.Security.Cryptography;
using System.Xml.Linq;
using Amends.Data;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Amends.Web;

/// <summary>
/// Keeps the keys that seal form tokens in the database, so that every node can read what another wrote; the whole
/// element is sealed under the key file, so a copy of the database alone opens nothing.
/// </summary>
public sealed class ProtectionKeys(Database database, Secrets secrets) : IXmlRepository
{
    private const string Purpose = "protection keys";

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(() => database.Read(connection => connection.QueryAsync<string>("select sealed from protection_keys order by id")))
            .GetAwaiter().GetResult().Select(Opened).OfType<XElement>()];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => database.Write(unit => unit.Run("insert into protection_keys (name, sealed) values (@friendlyName, @text) on conflict do nothing",
            new { friendlyName, text = secrets.Seal(element.ToString(SaveOptions.DisableFormatting), Purpose) }))).GetAwaiter().GetResult();

    private XElement? Opened(string text)
    {
        try
        {
            return XElement.Parse(secrets.Open(text, Purpose));
        }
        catch (CryptographicException)
        {
            return null; // sealed by another key file: forms that are open now have to be loaded again, nothing else is lost
        }
    }
}
