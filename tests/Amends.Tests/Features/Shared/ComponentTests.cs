using Amends.Web;
using Microsoft.AspNetCore.Components;

namespace Amends.Tests.Features.Shared;

/// <summary>The compiler lets any attribute pass on a component; a wrong one fails only when somebody opens the page.</summary>
public sealed class ComponentTests
{
    private static readonly ILookup<string, Type> Components = typeof(AmendsHost).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ComponentBase)) && !type.IsAbstract && !type.IsGenericType).ToLookup(type => type.Name);

    [Fact]
    public void Every_attribute_on_a_component_is_one_of_its_parameters()
    {
        var source = Path.Combine(Checkout.Root, "src", "Amends", "Features");
        var files = Directory.EnumerateFiles(source, "*.razor", SearchOption.AllDirectories).ToList();
        var uses = files.SelectMany(file => Uses(File.ReadAllText(file)).Select(use => (File: Path.GetFileName(file), use.Tag, use.Attribute))).ToList();
        Assert.True(uses.Count > 300);
        Assert.Empty(uses.Where(use => !Components[use.Tag].Any(type => Takes(type, use.Attribute)))
            .Select(use => $"{use.File}: {use.Tag} has no {use.Attribute}"));
    }

    private static bool Takes(Type component, string attribute) => component.GetProperties().Any(property => property.GetCustomAttributes(typeof(ParameterAttribute), true) is [ParameterAttribute parameter]
        && (property.Name == attribute || attribute == "Context" || (parameter.CaptureUnmatchedValues && char.IsLower(attribute[0]))));

    /// <summary>The attributes of all components in a file. Values may hold code with quotes of its own, in parentheses.</summary>
    private static IEnumerable<(string Tag, string Attribute)> Uses(string text)
    {
        for (var at = text.IndexOf('<'); at >= 0; at = text.IndexOf('<', at + 1))
        {
            var end = at + 1;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
                end++;
            var tag = text[(at + 1)..end];
            if (!Components.Contains(tag) || end == text.Length || text[end] is not (' ' or '\n' or '/' or '>'))
                continue;
            while (end < text.Length && text[end] != '>')
            {
                if (!char.IsLetter(text[end]))
                {
                    end++;
                    continue;
                }

                var name = end;
                while (char.IsLetterOrDigit(text[end]))
                    end++;
                yield return (tag, text[name..end]);
                end = AfterValue(text, end);
            }
        }
    }

    private static int AfterValue(string text, int at)
    {
        if (text[at] != '=')
            return at;
        var depth = 0;
        for (at += 2; at < text.Length && (text[at] != '"' || depth > 0); at++)
            depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
        return at + 1;
    }
}
