using System.Text;

namespace Plumbline.GraphQL.Language;

/// <summary>Turns a document back into text; reading that text gives the same document.</summary>
internal static partial class Printer
{
    private const int LongestLine = 80;

    public static string Print(Node node) => node switch
    {
        DocumentNode n => string.Join("\n\n", n.Definitions.Select(Print)),
        ValueNode n => PrintValue(n),
        TypeNode n => n.ToString()!,
        OperationDefinitionNode n => PrintOperation(n),
        FragmentDefinitionNode n => $"{Description(n)}fragment {n.Name} on {n.TypeCondition} {Wrap("", Directives(n.Directives), " ")}{Print(n.SelectionSet)}",
        VariableDefinitionNode n =>
            $"{Description(n)}${n.Variable.Name}: "
                + $"{n.Type}{(n.DefaultValue is null ? "" : $" = {PrintValue(n.DefaultValue)}")}{Wrap(" ", Directives(n.Directives))}",
        SelectionSetNode n => Block(n.Selections),
        FieldNode n => PrintField(n),
        FragmentSpreadNode n => $"...{n.Name}{Wrap(" ", Directives(n.Directives))}",
        InlineFragmentNode n =>
            Join(" ", "...", n.TypeCondition is null ? "" : $"on {n.TypeCondition}", Directives(n.Directives), Print(n.SelectionSet)),
        ArgumentNode n => $"{n.Name}: {PrintValue(n.Value)}",
        DirectiveNode n => $"@{n.Name}{Wrap("(", string.Join(", ", n.Arguments.Select(Print)), ")")}",
        ObjectFieldNode n => $"{n.Name}: {PrintValue(n.Value)}",
        _ => PrintTypeSystem(node),
    };

    private static string PrintOperation(OperationDefinitionNode node)
    {
        var variables = node.Variables.Select(Print).ToArray();
        var list = Array.Exists(variables, v => v.Contains('\n')) ? $"(\n{string.Join('\n', variables)}\n)" : Wrap("(", string.Join(", ", variables), ")");
        var keyword = node.Operation switch
        {
            OperationType.Query => "query",
            OperationType.Mutation => "mutation",
            _ => "subscription",
        };
        var prefix = Description(node) + Join(" ", keyword, node.Name.Value + list, Directives(node.Directives));
        return prefix == "query" ? Print(node.SelectionSet) : $"{prefix} {Print(node.SelectionSet)}";
    }

    private static string PrintField(FieldNode node)
    {
        var prefix = node.Alias.IsAbsent ? node.Name.Value : $"{node.Alias}: {node.Name}";
        var arguments = node.Arguments.Select(Print).ToArray();
        var line = Wrap("(", string.Join(", ", arguments), ")");
        if (prefix.Length + line.Length > LongestLine) line = Wrap("(\n", Indent(string.Join('\n', arguments)), "\n)");
        return prefix + line + Wrap(" ", Directives(node.Directives)) + (node.SelectionSet is null ? "" : " " + Print(node.SelectionSet));
    }

    private static string PrintValue(ValueNode node) => node switch
    {
        VariableNode n => $"${n.Name}",
        IntValueNode n => n.Text,
        FloatValueNode n => n.Text,
        StringValueNode n => n.IsBlock ? BlockString.Print(n.Value) : Quote(n.Value),
        BooleanValueNode n => n.Value ? "true" : "false",
        NullValueNode => "null",
        EnumValueNode n => n.Value,
        ListValueNode n => $"[{string.Join(", ", n.Values.Select(PrintValue))}]",
        ObjectValueNode n => $"{{{string.Join(", ", n.Fields.Select(Print))}}}",
        _ => throw new NotSupportedException(node.Kind.ToString()),
    };

    internal static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append(@"\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\t': text.Append("\\t"); break;
                case '\n': text.Append("\\n"); break;
                case '\f': text.Append("\\f"); break;
                case '\r': text.Append("\\r"); break;
                case < ' ' or (>= '\u007F' and <= '\u009F'): text.Append($"\\u{(int)c:X4}"); break;
                default: text.Append(c); break;
            }
        }
        return text.Append('"').ToString();
    }

    private static string Description(DefinitionNode node) => node.Description is null ? "" : PrintValue(node.Description) + "\n";

    private static string Directives(DirectiveNode[] directives) => string.Join(' ', directives.Select(Print));

    private static string Block(IEnumerable<Node> items) => Wrap("{\n", Indent(string.Join('\n', items.Select(Print))), "\n}");

    private static string Indent(string text) => text.Length == 0 ? "" : "  " + text.Replace("\n", "\n  ");

    private static string Wrap(string start, string text, string end = "") => text.Length == 0 ? "" : start + text + end;

    private static string Join(string separator, params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (part.Length == 0) continue;
            if (text.Length > 0) text.Append(separator);
            text.Append(part);
        }
        return text.ToString();
    }
}
