using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Json;

namespace Plumbline.Features.Prompts.Templates;

/// <summary>Fills a checked template with checked values. Values are text from here on: they are never read as template.</summary>
internal sealed class TemplateRenderer(ImmutableArray<PromptVariable> variables, IReadOnlyDictionary<string, JsonElement> values, int longest)
{
    private readonly ImmutableArray<RenderedPart>.Builder _parts = ImmutableArray.CreateBuilder<RenderedPart>();
    private readonly StringBuilder _text = new();

    /// <summary>The messages that one template stands for: one, or those of a MESSAGES variable.</summary>
    public static IEnumerable<RenderedMessage> Render(
        MessageRole role, ImmutableArray<TemplateNode> nodes, ImmutableArray<PromptVariable> variables,
        IReadOnlyDictionary<string, JsonElement> values, int longest)
    {
        if (TemplateChecker.AloneIn(nodes) is { } alone && variables.FirstOrDefault(v => v.Name == alone.Path.Root)?.Type == VariableType.Messages)
            return values.TryGetValue(alone.Path.Root, out var given) ? given.EnumerateArray().Select(Given) : [];
        var renderer = new TemplateRenderer(variables, values, longest);
        renderer.Write(nodes, null);
        renderer.EndText();
        if (renderer._parts.Count == 0) renderer._parts.Add(new("", null));
        return [new RenderedMessage(role.ToString().ToLowerInvariant(), renderer._parts.ToImmutable())];
    }

    private static RenderedMessage Given(JsonElement message) =>
        new(message.GetProperty("role").GetString()!, [new(message.GetProperty("content").GetString()!, null)]);

    private void Write(ImmutableArray<TemplateNode> nodes, JsonElement? current)
    {
        foreach (var node in nodes)
        {
            if (node is TextNode text) _text.Append(text.Text);
            else if (node is ValueNode value) WriteValue(value.Path, current);
            else if (node is SectionNode section) WriteSection(section, current);
            if (_text.Length > longest)
                throw Failure.BadInput($"With these inputs a message becomes longer than {longest} characters, the most there may be. Shorten a list.");
        }
    }

    private void WriteValue(TemplatePath path, JsonElement? current)
    {
        if (Look(path, current) is not { } value) return;
        if (!IsItem(path, current) && variables.FirstOrDefault(v => v.Name == path.Root)?.Type == VariableType.ImageUrl)
        {
            EndText();
            _parts.Add(new(null, value.GetString()));
        }
        else _text.Append(AsText(value));
    }

    private void WriteSection(SectionNode section, JsonElement? current)
    {
        var value = Look(section.Path, current);
        if (section.Inverted)
        {
            if (IsEmpty(value)) Write(section.Body, current);
        }
        else if (value is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var item in list.EnumerateArray()) Write(section.Body, item);
        }
        else if (!IsEmpty(value)) Write(section.Body, value);
    }

    private JsonElement? Look(TemplatePath path, JsonElement? current)
    {
        if (path.IsCurrent) return current;
        JsonElement? value = IsItem(path, current) ? current : values.TryGetValue(path.Root, out var given) ? given : null;
        foreach (var field in path.Fields)
            value = value is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(field, out var found) ? found : null;
        return value;
    }

    private static bool IsItem(TemplatePath path, JsonElement? current) => path.IsCurrent || (current is not null && path.Root == TemplatePath.Item);

    /// <summary>Absent, null, false, "", [] and {}; 0 is not empty.</summary>
    private static bool IsEmpty(JsonElement? value) => value is not { } given || given.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False => true,
        JsonValueKind.String => given.GetString()!.Length == 0,
        JsonValueKind.Array => given.GetArrayLength() == 0,
        JsonValueKind.Object => !given.EnumerateObject().Any(),
        _ => false,
    };

    private static string AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => Rfc8785Json.Of(value),
    };

    private void EndText()
    {
        if (_text.Length == 0) return;
        _parts.Add(new(_text.ToString(), null));
        _text.Clear();
    }
}
