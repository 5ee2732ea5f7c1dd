namespace Plumbline.GraphQL.Language;

/// <summary>A part of a document. Offsets are bytes of the UTF-8 source; the end is exclusive.</summary>
internal abstract class Node
{
    public int Start;
    public int End;

    public abstract NodeKind Kind { get; }
}

/// <summary>A name and where it stands.</summary>
internal readonly record struct Name(string Value, int Start)
{
    public bool IsAbsent => Value is null;

    public override string ToString() => Value;
}

internal enum NodeKind : byte
{
    Document,
    OperationDefinition,
    FragmentDefinition,
    VariableDefinition,
    SelectionSet,
    Field,
    FragmentSpread,
    InlineFragment,
    Argument,
    Directive,
    Variable,
    IntValue,
    FloatValue,
    StringValue,
    BooleanValue,
    NullValue,
    EnumValue,
    ListValue,
    ObjectValue,
    ObjectField,
    NamedType,
    ListType,
    NonNullType,
    SchemaDefinition,
    OperationTypeDefinition,
    ScalarTypeDefinition,
    ObjectTypeDefinition,
    FieldDefinition,
    InputValueDefinition,
    InterfaceTypeDefinition,
    UnionTypeDefinition,
    EnumTypeDefinition,
    EnumValueDefinition,
    InputObjectTypeDefinition,
    DirectiveDefinition,
    SchemaExtension,
    ScalarTypeExtension,
    ObjectTypeExtension,
    InterfaceTypeExtension,
    UnionTypeExtension,
    EnumTypeExtension,
    InputObjectTypeExtension,
}
