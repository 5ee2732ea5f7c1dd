namespace Plumbline.GraphQL.Language;

/// <summary>A definition or extension (<see cref="IsExtension"/>) of the type system. https://spec.graphql.org/September2025/#sec-Type-System</summary>
internal abstract class TypeSystemNode(DirectiveNode[] directives, bool isExtension) : DefinitionNode
{
    public readonly DirectiveNode[] Directives = directives;
    public readonly bool IsExtension = isExtension;
}

internal sealed class SchemaNode(DirectiveNode[] directives, OperationTypeDefinitionNode[] operationTypes, bool isExtension)
    : TypeSystemNode(directives, isExtension)
{
    public readonly OperationTypeDefinitionNode[] OperationTypes = operationTypes;

    public override NodeKind Kind => IsExtension ? NodeKind.SchemaExtension : NodeKind.SchemaDefinition;
}

internal sealed class OperationTypeDefinitionNode(OperationType operation, NamedTypeNode type) : Node
{
    public readonly OperationType Operation = operation;
    public readonly NamedTypeNode Type = type;

    public override NodeKind Kind => NodeKind.OperationTypeDefinition;
}

internal abstract class TypeDefinitionNode(Name name, DirectiveNode[] directives, bool isExtension) : TypeSystemNode(directives, isExtension)
{
    public readonly Name Name = name;
}

internal sealed class ScalarTypeNode(Name name, DirectiveNode[] directives, bool isExtension) : TypeDefinitionNode(name, directives, isExtension)
{
    public override NodeKind Kind => IsExtension ? NodeKind.ScalarTypeExtension : NodeKind.ScalarTypeDefinition;
}

/// <summary>An object or interface type.</summary>
internal sealed class CompositeTypeNode(
    bool isInterface, Name name, NamedTypeNode[] interfaces, DirectiveNode[] directives, FieldDefinitionNode[] fields, bool isExtension)
    : TypeDefinitionNode(name, directives, isExtension)
{
    public readonly bool IsInterface = isInterface;
    public readonly NamedTypeNode[] Interfaces = interfaces;
    public readonly FieldDefinitionNode[] Fields = fields;

    public override NodeKind Kind => (IsInterface, IsExtension) switch
    {
        (true, true) => NodeKind.InterfaceTypeExtension,
        (true, false) => NodeKind.InterfaceTypeDefinition,
        (false, true) => NodeKind.ObjectTypeExtension,
        (false, false) => NodeKind.ObjectTypeDefinition,
    };
}

internal sealed class FieldDefinitionNode(Name name, InputValueDefinitionNode[] arguments, TypeNode type, DirectiveNode[] directives) : DefinitionNode
{
    public readonly Name Name = name;
    public readonly InputValueDefinitionNode[] Arguments = arguments;
    public readonly TypeNode Type = type;
    public readonly DirectiveNode[] Directives = directives;

    public override NodeKind Kind => NodeKind.FieldDefinition;
}

internal sealed class InputValueDefinitionNode(Name name, TypeNode type, ValueNode? defaultValue, DirectiveNode[] directives) : DefinitionNode
{
    public readonly Name Name = name;
    public readonly TypeNode Type = type;
    public readonly ValueNode? DefaultValue = defaultValue;
    public readonly DirectiveNode[] Directives = directives;

    public override NodeKind Kind => NodeKind.InputValueDefinition;
}

internal sealed class UnionTypeNode(Name name, DirectiveNode[] directives, NamedTypeNode[] types, bool isExtension)
    : TypeDefinitionNode(name, directives, isExtension)
{
    public readonly NamedTypeNode[] Types = types;

    public override NodeKind Kind => IsExtension ? NodeKind.UnionTypeExtension : NodeKind.UnionTypeDefinition;
}

internal sealed class EnumTypeNode(Name name, DirectiveNode[] directives, EnumValueDefinitionNode[] values, bool isExtension)
    : TypeDefinitionNode(name, directives, isExtension)
{
    public readonly EnumValueDefinitionNode[] Values = values;

    public override NodeKind Kind => IsExtension ? NodeKind.EnumTypeExtension : NodeKind.EnumTypeDefinition;
}

internal sealed class EnumValueDefinitionNode(Name name, DirectiveNode[] directives) : DefinitionNode
{
    public readonly Name Name = name;
    public readonly DirectiveNode[] Directives = directives;

    public override NodeKind Kind => NodeKind.EnumValueDefinition;
}

internal sealed class InputObjectTypeNode(Name name, DirectiveNode[] directives, InputValueDefinitionNode[] fields, bool isExtension)
    : TypeDefinitionNode(name, directives, isExtension)
{
    public readonly InputValueDefinitionNode[] Fields = fields;

    public override NodeKind Kind => IsExtension ? NodeKind.InputObjectTypeExtension : NodeKind.InputObjectTypeDefinition;
}

internal sealed class DirectiveDefinitionNode(Name name, InputValueDefinitionNode[] arguments, bool isRepeatable, Name[] locations)
    : TypeDefinitionNode(name, [], false)
{
    public readonly InputValueDefinitionNode[] Arguments = arguments;
    public readonly bool IsRepeatable = isRepeatable;
    public readonly Name[] Locations = locations;

    public override NodeKind Kind => NodeKind.DirectiveDefinition;
}
