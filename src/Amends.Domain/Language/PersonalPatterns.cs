using System.Text.RegularExpressions;

namespace Amends.Domain.Language;

/// <summary>What personal data looks like. None of these goes back, so each takes time in proportion to the text.</summary>
internal static partial class PersonalData
{
    private const RegexOptions Any = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, AnyCase = Any | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"\[[A-Za-z]{2,12}_[0-9]{1,6}\]", Any)]
    private static partial Regex Placeholders();

    [GeneratedRegex("""(?:https?|ftps?|file|tel|mailto|javascript|data):[^\s<>"]+|www\.[^\s<>"]+|(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}/[^\s<>"]*|(?:[a-z0-9-]{1,63}\.){1,8}(?:com|org|net|info|biz|dev|app|shop|online|example|test|invalid|io|eu|ch|fr|nl|uk|ie|us|ca|au|se|dk|pl|cz)\b""", AnyCase)]
    private static partial Regex Links();

    [GeneratedRegex("""[^\s<>()\[\],;:"“”„«»]+@[^\s<>()\[\],;:"“”„«»]+""", Any)]
    private static partial Regex Mails();

    // ISO 13616: two letters, two digits, up to thirty more; in groups of four, or in one run
    [GeneratedRegex(@"\b[A-Z]{2}[0-9]{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,4})?\b|\b[a-z]{2}[0-9]{2}[a-z0-9]{11,30}\b", Any)]
    private static partial Regex Accounts();

    // 12 Elm Street; 14b, rue de la Paix; P.O. Box 12
    [GeneratedRegex(@"\b[0-9]{1,5}[a-z]?,?[ \u00a0](?:[\p{L}'’.-]{1,30}[ \u00a0]){1,4}(?:street|st|road|rd|lane|ln|avenue|ave|drive|dr|close|court|ct|square|sq|boulevard|blvd|terrace|crescent|gardens|grove|quay|parade|highway|hwy|mews|wharf|way|hill|row|place|park)\b\.?|\b[0-9]{1,4}(?:[ \u00a0]?(?:bis|ter))?,?[ \u00a0](?:rue|avenue|boulevard|place|chemin|allée|impasse|quai|route|cours)[ \u00a0](?:[\p{L}'’-]{1,30}[ \u00a0]?){1,5}|\bp\.?[ ]?o\.?[ ]?box[ ][0-9]{1,8}\b|\bpostfach[ ][0-9 ]{1,8}\b", AnyCase)]
    private static partial Regex Streets();

    // Lindenstraße 4; Am Markt 12; calle Mayor 3; via Roma, 12
    [GeneratedRegex(@"\b[\p{L}-]{1,40}(?:straße|strasse|str\.|weg|gasse|platz|allee|ufer|damm|ring|chaussee|straat|laan|gatan|vej)[ \u00a0][0-9]{1,4}[ ]?[a-z]?\b|\b(?:[\p{L}-]{1,30}[ \u00a0])(?:straße|strasse|str\.|weg|gasse|platz|allee|ufer|damm|ring)[ \u00a0][0-9]{1,4}[ ]?[a-z]?\b|\b(?:am|an der|an den|im|zum|zur|auf der)[ ][\p{L}-]{2,40}[ ][0-9]{1,4}[ ]?[a-z]?\b|\b(?:calle|avenida|plaza|paseo|camino|via|viale|piazza|corso|rua)[ ](?:[\p{L}'’.-]{1,30}[ ]){0,4}[\p{L}'’.-]{1,30},?[ ](?:n[º°.]?[ ]?)?[0-9]{1,4}\b", AnyCase)]
    private static partial Regex StreetsFirst();

    // of Britain, Ireland, the Netherlands, Canada; those of digits alone are numbers
    [GeneratedRegex(@"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]?[ \u00a0]?[0-9][A-Za-z]{2}\b|\b[A-Z][0-9][0-9W][ \u00a0]?[A-Z0-9]{4}\b|\b[1-9][0-9]{3}[ \u00a0]?[A-Z]{2}\b|\b[A-Za-z][0-9][A-Za-z][ \u00a0-]?[0-9][A-Za-z][0-9]\b", Any)]
    private static partial Regex Postcodes();

    // people whom nobody knows: after a title, after "my name is", after a farewell, after who they are to the writer
    [GeneratedRegex(@"(?:\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|Herr|Herrn|Frau|Madame|Monsieur|Mme|Señora?|Signora?)\.?[ \u00a0]|\b(?:[Mm]y name is|[Ii]ch heiße|[Mm]ein Name ist|[Jj]e m['’]appelle|[Mm]e llamo)[ ]|\b(?:[Rr]egards|[Ss]incerely|[Cc]heers|[Yy]ours|[Gg]rüßen?|[Cc]ordialement|[Ss]aludos)[,.!]?\s{1,4}|\b(?:husband|wife|son|daughter|mother|father|brother|sister|colleague|neighbour|neighbor|friend|Mann|Frau|Sohn|Tochter|Mutter|Vater|Nachbarin?|Kollegin?)[ ,]{1,2})(\p{Lu}[\p{L}\p{M}'’-]{1,40}(?:[ \u00a0]\p{Lu}[\p{L}\p{M}'’-]{1,40}){0,2})", Any)]
    private static partial Regex NamesAfter();

    [GeneratedRegex(@"\b(?:password|passcode|passwort|kennwort|mot de passe|contraseña|pin|cvv|cvc|token|secret|key)(?:[ ](?:is|ist|est|es|was|war|lautet)[ ]|[ ]?[:=][ ]?)([^\s]{3,200})|\bbearer[ ]([^\s]{8,200})", AnyCase)]
    private static partial Regex Secrets();

    [GeneratedRegex(@"(?:\b(?:order|case|invoice|reference|ref|ticket|tracking|parcel|customer|account|contract|policy|booking|complaint|serial|bestellung|bestellnummer|auftrag|rechnung|kundennummer|sendung|vorgang|aktenzeichen|commande|facture|colis|dossier|pedido|factura|albarán)[ ]?(?:number|no\.?|nr\.?|num\.?|id|code|n[º°])?[ ]?(?:is|ist|:|#)?[ ]?|#)([\p{L}0-9][\p{L}0-9/_-]{2,40})", AnyCase)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})", Any)]
    private static partial Regex Days();
}
