using System.Text;
using System.Text.Json;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Conformance;

/// <summary>Writes a document as graphql-js's <c>JSON.stringify(parse(source))</c> does: same members, same order, offsets in UTF-16 units.</summary>
internal sealed partial class AstJson(Utf8JsonWriter writer, ReadOnlySpan<byte> source)
{
    private readonly int[]? _utf16 = Ascii.IsValid(source) ? null : Offsets(source);

    private static int[] Offsets(ReadOnlySpan<byte> source)
    {
        var offsets = new int[source.Length + 1];
        var units = 0;
        for (var i = 0; i < source.Length; i++)
        {
            offsets[i] = units;
            // The last byte of a sequence completes its one unit, or two for four bytes.
            var next = i + 1 < source.Length ? source[i + 1] : 0;
            if ((next & 0xC0) == 0x80) continue;
            var start = i;
            while ((source[start] & 0xC0) == 0x80) start--;
            units += source[start] >= 0xF0 ? 2 : 1;
        }
        offsets[source.Length] = units;
        return offsets;
    }

    private int At(int offset) => _utf16 is null ? offset : _utf16[offset];

    private void Begin(Node node) => Begin(node.Kind.ToString());

    private void Begin(string kind)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", kind);
    }

    private void End(Node node) => End(node.Start, node.End);

    private void End(int start, int end)
    {
        writer.WriteStartObject("loc");
        writer.WriteNumber("start", At(start));
        writer.WriteNumber("end", At(end));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void Name(string member, Name name)
    {
        if (name.IsAbsent) return;
        writer.WritePropertyName(member);
        Name(name);
    }

    private void Name(Name name)
    {
        Begin("Name");
        writer.WriteString("value", name.Value);
        End(name.Start, name.Start + name.Value.Length);
    }

    private void Child(string member, Node? node)
    {
        if (node is null) return;
        writer.WritePropertyName(member);
        Write(node);
    }

    private void List(string member, IEnumerable<Node> nodes)
    {
        writer.WriteStartArray(member);
        foreach (var node in nodes) Write(node);
        writer.WriteEndArray();
    }

    public void Write(Node node)
    {
        Begin(node);
        switch (node)
        {
            case DocumentNode n: List("definitions", n.Definitions); break;
            case OperationDefinitionNode n:
                writer.WriteString("operation", n.Operation.ToString().ToLowerInvariant());
                Child("description", n.Description);
                Name("name", n.Name);
                List("variableDefinitions", n.Variables);
                List("directives", n.Directives);
                Child("selectionSet", n.SelectionSet);
                break;
            case FragmentDefinitionNode n:
                Child("description", n.Description);
                Name("name", n.Name);
                Child("typeCondition", n.TypeCondition);
                List("directives", n.Directives);
                Child("selectionSet", n.SelectionSet);
                break;
            case VariableDefinitionNode n:
                Child("description", n.Description);
                Child("variable", n.Variable);
                Child("type", n.Type);
                Child("defaultValue", n.DefaultValue);
                List("directives", n.Directives);
                break;
            case SelectionSetNode n: List("selections", n.Selections); break;
            case FieldNode n:
                Name("alias", n.Alias);
                Name("name", n.Name);
                List("arguments", n.Arguments);
                List("directives", n.Directives);
                Child("selectionSet", n.SelectionSet);
                break;
            case FragmentSpreadNode n:
                Name("name", n.Name);
                List("directives", n.Directives);
                break;
            case InlineFragmentNode n:
                Child("typeCondition", n.TypeCondition);
                List("directives", n.Directives);
                Child("selectionSet", n.SelectionSet);
                break;
            case ArgumentNode n:
                Name("name", n.Name);
                Child("value", n.Value);
                break;
            case DirectiveNode n:
                Name("name", n.Name);
                List("arguments", n.Arguments);
                break;
            case ValueNode n: Value(n); break;
            case ObjectFieldNode n:
                Name("name", n.Name);
                Child("value", n.Value);
                break;
            case NamedTypeNode n: Name("name", n.Name); break;
            case ListTypeNode n: Child("type", n.Item); break;
            case NonNullTypeNode n: Child("type", n.Inner); break;
            default: TypeSystem(node); break;
        }
        End(node);
    }

    private void Value(ValueNode node)
    {
        switch (node)
        {
            case VariableNode n: Name("name", n.Name); break;
            case IntValueNode n: writer.WriteString("value", n.Text); break;
            case FloatValueNode n: writer.WriteString("value", n.Text); break;
            case StringValueNode n:
                writer.WriteString("value", n.Value);
                writer.WriteBoolean("block", n.IsBlock);
                break;
            case BooleanValueNode n: writer.WriteBoolean("value", n.Value); break;
            case EnumValueNode n: writer.WriteString("value", n.Value); break;
            case ListValueNode n: List("values", n.Values); break;
            case ObjectValueNode n: List("fields", n.Fields); break;
        }
    }
}
