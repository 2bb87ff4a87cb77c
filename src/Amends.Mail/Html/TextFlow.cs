using System.Text;

namespace Amends.Mail.Html;

/// <summary>Words set into lines as a browser would: runs of blanks are one, blocks start lines, quotes are marked.</summary>
internal sealed class TextFlow
{
    const int DeepestQuote = 20;
    readonly StringBuilder text = new();
    int breaks;
    bool space;
    bool inLine;

    internal int Pre { get; set; }

    internal int Depth { get; set; }

    internal void Words(string data)
    {
        foreach (var c in data)
        {
            if (c == '\0') continue;
            if (Pre > 0 && c == '\n') Break();
            else if (Pre > 0 && c != '\r') Put(c);
            else if (c is ' ' or '\t' or '\r' or '\n' or '\f') space |= inLine;
            else Put(c == '\u00A0' ? ' ' : c);
        }
    }

    internal void Gap() => space |= inLine;

    internal void Line()
    {
        if (inLine) breaks = Math.Max(breaks, 1);
        Settle();
    }

    internal void Paragraph()
    {
        if (text.Length > 0) breaks = Math.Max(breaks, 2);
        Settle();
    }

    internal void Break()
    {
        breaks = inLine ? Math.Max(breaks, 1) : breaks + 1;
        Settle();
    }

    void Settle() => (inLine, space) = (false, false);

    void Put(char c)
    {
        if (!inLine)
        {
            if (text.Length > 0) NewLines();
            else Quote();
            inLine = true;
        }
        else if (space) text.Append(' ');
        space = false;
        breaks = 0;
        text.Append(c);
    }

    void NewLines()
    {
        for (var i = 0; i < Math.Clamp(breaks, 1, 3); i++) text.Append('\n');
        Quote();
    }

    void Quote()
    {
        if (Depth > 0) text.Append('>', Math.Min(Depth, DeepestQuote)).Append(' ');
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString().Trim('\n', ' ');
}
