using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Json;

namespace Plumbline.Features.Prompts.Templates;

/// <summary>Fills checked templates with checked values. Values are text from here on: they are never read as template.</summary>
internal sealed class TemplateRenderer(
    ImmutableArray<PromptVariable> variables, IReadOnlyDictionary<string, JsonElement> values, int longest, RenderBudget budget)
{
    private readonly FrozenSet<string> _images =
        variables.Where(v => v.Type == VariableType.ImageUrl).Select(v => v.Name).ToFrozenSet(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private ImmutableArray<RenderedPart>.Builder _parts = ImmutableArray.CreateBuilder<RenderedPart>();
    private long _ended;

    /// <summary>The messages that one template stands for: one, or those of a MESSAGES variable.</summary>
    public ImmutableArray<RenderedMessage> Render(MessageRole role, ImmutableArray<TemplateNode> nodes)
    {
        if (TemplateChecker.AloneIn(nodes) is { } alone && variables.FirstOrDefault(v => v.Name == alone.Path.Root)?.Type == VariableType.Messages)
            return values.TryGetValue(alone.Path.Root, out var given) ? [.. given.EnumerateArray().Select(Given)] : [];
        _parts = ImmutableArray.CreateBuilder<RenderedPart>();
        _ended = 0;
        Write(nodes, null);
        EndText();
        if (_parts.Count == 0) _parts.Add(new("", null));
        return [new RenderedMessage(role.ToString().ToLowerInvariant(), _parts.ToImmutable())];
    }

    private RenderedMessage Given(JsonElement message)
    {
        budget.Take();
        TakeWhole(message);
        return new(message.GetProperty("role").GetString()!, [new(message.GetProperty("content").GetString()!, null)]);
    }

    private void Write(ImmutableArray<TemplateNode> nodes, JsonElement? current)
    {
        foreach (var node in nodes)
        {
            budget.Take();
            if (node is TextNode text) Append(text.Text);
            else if (node is ValueNode value) WriteValue(value.Path, current);
            else if (node is SectionNode section) WriteSection(section, current);
        }
    }

    private void WriteValue(TemplatePath path, JsonElement? current)
    {
        if (Look(path, current) is not { } value) return;
        TakeWhole(value);
        if (!IsItem(path, current) && _images.Contains(path.Root))
        {
            EndText();
            var url = value.GetString()!;
            _parts.Add(new(null, url));
            RequireLength(_ended += url.Length);
        }
        else Append(AsText(value));
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
            foreach (var item in list.EnumerateArray())
            {
                // An empty body is a round all the same.
                budget.Take();
                Write(section.Body, item);
            }
        }
        else if (!IsEmpty(value)) Write(section.Body, value);
    }

    private void Append(string text)
    {
        budget.TakeBytes(text.Length);
        _text.Append(text);
        RequireLength(_ended + _text.Length);
    }

    private void RequireLength(long length)
    {
        if (length > longest)
            throw Failure.BadInput($"With these inputs a message becomes longer than {longest:N0} characters, the most there may be. Shorten a list.");
    }

    private void TakeWhole(JsonElement value) => budget.TakeBytes(JsonMarshal.GetRawUtf8Value(value).Length);

    private JsonElement? Look(TemplatePath path, JsonElement? current)
    {
        if (path.IsCurrent) return current;
        JsonElement? value = IsItem(path, current) ? current : values.TryGetValue(path.Root, out var given) ? given : null;
        foreach (var field in path.Fields)
        {
            if (value is not { ValueKind: JsonValueKind.Object } parent) return null;
            budget.TakeLookup(parent);
            value = parent.TryGetProperty(field, out var found) ? found : null;
        }
        return value;
    }

    private static bool IsItem(TemplatePath path, JsonElement? current) => path.IsCurrent || (current is not null && path.Root == TemplatePath.Item);

    /// <summary>Absent, null, false, "", [] and {}; 0 is not empty.</summary>
    private static bool IsEmpty(JsonElement? value) => value is not { } given || given.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False => true,
        JsonValueKind.String => given.ValueEquals(""),
        JsonValueKind.Array => given.GetArrayLength() == 0,
        JsonValueKind.Object => given.GetPropertyCount() == 0,
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
        _ended += _text.Length;
        _text.Clear();
    }
}
