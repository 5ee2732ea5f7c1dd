using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Conformance;

/// <summary>Definitions and extensions of types.</summary>
internal sealed partial class AstJson
{
    private void TypeSystem(Node node)
    {
        if (node is DefinitionNode { Description: { } description }) Child("description", description);
        switch (node)
        {
            case SchemaNode n:
                List("directives", n.Directives);
                List("operationTypes", n.OperationTypes);
                break;
            case OperationTypeDefinitionNode n:
                writer.WriteString("operation", n.Operation.ToString().ToLowerInvariant());
                Child("type", n.Type);
                break;
            case ScalarTypeNode n:
                Name("name", n.Name);
                List("directives", n.Directives);
                break;
            case CompositeTypeNode n:
                Name("name", n.Name);
                List("interfaces", n.Interfaces);
                List("directives", n.Directives);
                List("fields", n.Fields);
                break;
            case FieldDefinitionNode n:
                Name("name", n.Name);
                List("arguments", n.Arguments);
                Child("type", n.Type);
                List("directives", n.Directives);
                break;
            case InputValueDefinitionNode n:
                Name("name", n.Name);
                Child("type", n.Type);
                Child("defaultValue", n.DefaultValue);
                List("directives", n.Directives);
                break;
            case UnionTypeNode n:
                Name("name", n.Name);
                List("directives", n.Directives);
                List("types", n.Types);
                break;
            case EnumTypeNode n:
                Name("name", n.Name);
                List("directives", n.Directives);
                List("values", n.Values);
                break;
            case EnumValueDefinitionNode n:
                Name("name", n.Name);
                List("directives", n.Directives);
                break;
            case InputObjectTypeNode n:
                Name("name", n.Name);
                List("directives", n.Directives);
                List("fields", n.Fields);
                break;
            case DirectiveDefinitionNode n:
                Name("name", n.Name);
                List("arguments", n.Arguments);
                List("directives", n.Directives);
                writer.WriteBoolean("repeatable", n.IsRepeatable);
                writer.WriteStartArray("locations");
                foreach (var location in n.Locations) Name(location);
                writer.WriteEndArray();
                break;
        }
    }
}
