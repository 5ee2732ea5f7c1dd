namespace Plumbline.GraphQL.Language;

/// <summary>Type system definitions and extensions.</summary>
internal static partial class Printer
{
    private static string PrintTypeSystem(Node node) => node switch
    {
        SchemaNode n => Head(n) + Join(" ", Extend(n) + "schema", Directives(n.Directives), Block(n.OperationTypes)),
        OperationTypeDefinitionNode n => $"{n.Operation.ToString().ToLowerInvariant()}: {n.Type}",
        ScalarTypeNode n => Head(n) + Join(" ", Extend(n) + "scalar", n.Name.Value, Directives(n.Directives)),
        CompositeTypeNode n => Head(n) + Join(
            " ", Extend(n) + (n.IsInterface ? "interface" : "type"), n.Name.Value,
            Wrap("implements ", string.Join(" & ", n.Interfaces.Select(i => i.Name.Value))), Directives(n.Directives), Block(n.Fields)),
        FieldDefinitionNode n => $"{Head(n)}{n.Name}{InputValues(n.Arguments)}: {n.Type}{Wrap(" ", Directives(n.Directives))}",
        InputValueDefinitionNode n =>
            $"{Head(n)}{n.Name}: {n.Type}{(n.DefaultValue is null ? "" : $" = {PrintValue(n.DefaultValue)}")}{Wrap(" ", Directives(n.Directives))}",
        UnionTypeNode n => Head(n) + Join(
            " ", Extend(n) + "union", n.Name.Value, Directives(n.Directives), Wrap("= ", string.Join(" | ", n.Types.Select(t => t.Name.Value)))),
        EnumTypeNode n => Head(n) + Join(" ", Extend(n) + "enum", n.Name.Value, Directives(n.Directives), Block(n.Values)),
        EnumValueDefinitionNode n => Head(n) + Join(" ", n.Name.Value, Directives(n.Directives)),
        InputObjectTypeNode n => Head(n) + Join(" ", Extend(n) + "input", n.Name.Value, Directives(n.Directives), Block(n.Fields)),
        DirectiveDefinitionNode n =>
            $"{Head(n)}directive @{n.Name}{InputValues(n.Arguments)}{(n.IsRepeatable ? " repeatable" : "")} on "
                + $"{string.Join(" | ", n.Locations.Select(l => l.Value))}",
        _ => throw new NotSupportedException(node.Kind.ToString()),
    };

    private static string Head(DefinitionNode node) => Description(node);

    private static string Extend(TypeSystemNode node) => node.IsExtension ? "extend " : "";

    private static string InputValues(InputValueDefinitionNode[] values)
    {
        var texts = values.Select(Print).ToArray();
        return Array.Exists(texts, t => t.Contains('\n')) ? $"(\n{Indent(string.Join('\n', texts))}\n)" : Wrap("(", string.Join(", ", texts), ")");
    }
}
