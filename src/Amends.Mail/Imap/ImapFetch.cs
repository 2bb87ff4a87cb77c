namespace Amends.Mail.Imap;

/// <summary>What one FETCH response holds of what we ask for.</summary>
internal readonly record struct ImapFetch(uint? Uid, long? Size, DateTimeOffset? Received, ReadOnlyMemory<byte>? Body)
{
    /// <summary>Reads <c>n FETCH (…)</c>; null for any other response.</summary>
    public static ImapFetch? Read(ImapResponse response)
    {
        if (response.Values is not [_, var word, { Items: { } items }] || !word.Is("FETCH")) return null;
        var fetch = default(ImapFetch);
        for (var i = 0; i + 1 < items.Count; i += 2)
        {
            var value = items[i + 1];
            if (items[i].Is("UID") && value.TryUid(out var uid)) fetch = fetch with { Uid = uid };
            else if (items[i].Is("RFC822.SIZE") && value.TryNumber(out var size)) fetch = fetch with { Size = size };
            else if (items[i].Is("INTERNALDATE")) fetch = fetch with { Received = ImapText.Date(value.Text) };
            else if ((items[i].Is("BODY[]") || items[i].Is("BODY[HEADER]<0>") || items[i].Begins("BODY[HEADER.FIELDS")) && value.Items is null && !value.IsNil) fetch = fetch with { Body = value.Bytes };
        }
        return fetch;
    }
}
