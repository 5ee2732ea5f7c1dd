using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>The rules of the type system. https://spec.graphql.org/September2025/#sec-Types</summary>
internal sealed partial class SchemaValidator(Schema schema, List<string> errors)
{
    public void Check()
    {
        foreach (var directive in schema.Directives.Values) CheckDirective(directive);
        foreach (var type in schema.Types.Values)
        {
            if (type.Nodes.Count == 0 || IsBuiltIn(type)) continue;
            CheckName(type.Name, type.Name);
            foreach (var node in type.Nodes) CheckUses(node.Directives, Location(type), type.Name);
            switch (type)
            {
                case CompositeType composite: CheckComposite(composite); break;
                case UnionType { Members.Count: 0 }: errors.Add($"Union type {type} must define one or more member types."); break;
                case EnumType choice: CheckEnum(choice); break;
                case InputObjectType input: CheckInput(input); break;
            }
        }
        CheckCycles();
    }

    private static bool IsBuiltIn(NamedType type) => type.Name.StartsWith("__", StringComparison.Ordinal) && IntrospectionSdl.Text.Contains($" {type.Name} {{");

    private static string Location(NamedType type) => type switch
    {
        ScalarType => "SCALAR",
        ObjectType => "OBJECT",
        InterfaceType => "INTERFACE",
        UnionType => "UNION",
        EnumType => "ENUM",
        _ => "INPUT_OBJECT",
    };

    private void CheckName(string name, string where)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
            errors.Add($"Name \"{where}\" must not begin with \"__\", which is reserved by GraphQL introspection.");
    }

    private void CheckDirective(DirectiveDefinition directive)
    {
        CheckName(directive.Name, $"@{directive.Name}");
        CheckArguments(directive.Arguments, $"@{directive.Name}");
    }

    private void CheckArguments(InputValue[] arguments, string where)
    {
        foreach (var argument in arguments)
        {
            CheckName(argument.Name, $"{where}({argument.Name}:)");
            if (!argument.Type.IsInput) errors.Add($"The type of {where}({argument.Name}:) must be Input Type but got: {argument.Type}.");
            if (argument is { IsRequired: true, IsDeprecated: true }) errors.Add($"Required argument {where}({argument.Name}:) cannot be deprecated.");
        }
    }

    private void CheckComposite(CompositeType type)
    {
        if (type.Fields.Count == 0) errors.Add($"Type {type} must define one or more fields.");
        foreach (var field in type.Fields.Values)
        {
            CheckName(field.Name, field.ToString());
            if (!field.Type.IsOutput) errors.Add($"The type of {field} must be Output Type but got: {field.Type}.");
            CheckArguments(field.Arguments, field.ToString());
        }
        foreach (var node in type.Nodes.OfType<CompositeTypeNode>().SelectMany(n => n.Fields))
        {
            CheckUses(node.Directives, "FIELD_DEFINITION", $"{type}.{node.Name}");
            foreach (var argument in node.Arguments) CheckUses(argument.Directives, "ARGUMENT_DEFINITION", $"{type}.{node.Name}({argument.Name}:)");
        }
        foreach (var contract in type.Interfaces) CheckImplements(type, contract);
    }

    private void CheckEnum(EnumType type)
    {
        if (type.Values.Count == 0) errors.Add($"Enum type {type} must define one or more values.");
        foreach (var node in type.Nodes.OfType<EnumTypeNode>().SelectMany(n => n.Values))
        {
            CheckName(node.Name.Value, $"{type}.{node.Name}");
            CheckUses(node.Directives, "ENUM_VALUE", $"{type}.{node.Name}");
        }
    }

    private void CheckInput(InputObjectType type)
    {
        if (type.Fields.Count == 0) errors.Add($"Input Object type {type} must define one or more fields.");
        foreach (var field in type.Fields.Values)
        {
            CheckName(field.Name, $"{type}.{field.Name}");
            if (!field.Type.IsInput) errors.Add($"The type of {type}.{field.Name} must be Input Type but got: {field.Type}.");
            if (field is { IsRequired: true, IsDeprecated: true }) errors.Add($"Required input field {type}.{field.Name} cannot be deprecated.");
            if (!type.IsOneOf) continue;
            if (field.Type.IsNonNull) errors.Add($"OneOf input field {type}.{field.Name} must be nullable.");
            if (field.DefaultLiteral is not null) errors.Add($"OneOf input field {type}.{field.Name} cannot have a default value.");
        }
        foreach (var node in type.Nodes.OfType<InputObjectTypeNode>().SelectMany(n => n.Fields))
            CheckUses(node.Directives, "INPUT_FIELD_DEFINITION", $"{type}.{node.Name}");
    }
}
