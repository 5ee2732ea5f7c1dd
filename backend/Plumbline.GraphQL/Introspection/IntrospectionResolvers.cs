using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Introspection;

/// <summary>https://spec.graphql.org/September2025/#sec-Introspection</summary>
internal sealed class MetaFields(Schema schema)
{
    public Schema Schema(GraphQLRequestContext context)
    {
        Require(context);
        return schema;
    }

    public GraphQLType? Type(string name, GraphQLRequestContext context)
    {
        Require(context);
        return schema.Type(name);
    }

    private static void Require(GraphQLRequestContext context)
    {
        if (!context.AllowIntrospection) throw new GraphQLException("FORBIDDEN", "Introspection is switched off for this caller.");
    }
}

[ResolversFor("__Schema")]
internal sealed class SchemaResolvers
{
    public IEnumerable<NamedType> Types([Parent] Schema schema) => schema.Types.Values;

    public IEnumerable<DirectiveDefinition> Directives([Parent] Schema schema) => schema.Directives.Values;

    [NullabilityBySchema]
    public ObjectType? QueryType([Parent] Schema schema) => schema.QueryType;
}

[ResolversFor("__Type")]
internal sealed class TypeResolvers
{
    public string Kind([Parent] GraphQLType type) => type switch
    {
        ScalarType => "SCALAR",
        ObjectType => "OBJECT",
        InterfaceType => "INTERFACE",
        UnionType => "UNION",
        EnumType => "ENUM",
        InputObjectType => "INPUT_OBJECT",
        ListType => "LIST",
        _ => "NON_NULL",
    };

    public string? Name([Parent] GraphQLType type) => (type as NamedType)?.Name;

    public string? Description([Parent] GraphQLType type) => (type as NamedType)?.Description;

    public string? SpecifiedByUrl([Parent] GraphQLType type) => (type as ScalarType)?.SpecifiedByUrl;

    public IEnumerable<FieldDefinition>? Fields([Parent] GraphQLType type, bool includeDeprecated) =>
        (type as CompositeType)?.Fields.Values.Where(f => includeDeprecated || !f.IsDeprecated);

    public IEnumerable<InterfaceType>? Interfaces([Parent] GraphQLType type) => (type as CompositeType)?.Interfaces;

    public IEnumerable<ObjectType>? PossibleTypes([Parent] GraphQLType type, Schema schema) =>
        type is NamedType { IsAbstract: true } named ? schema.PossibleTypes(named) : null;

    public IEnumerable<EnumValue>? EnumValues([Parent] GraphQLType type, bool includeDeprecated) =>
        (type as EnumType)?.Values.Values.Where(v => includeDeprecated || !v.IsDeprecated);

    public IEnumerable<InputValue>? InputFields([Parent] GraphQLType type, bool includeDeprecated) =>
        (type as InputObjectType)?.Fields.Values.Where(f => includeDeprecated || !f.IsDeprecated);

    public GraphQLType? OfType([Parent] GraphQLType type) => type switch
    {
        ListType list => list.Item,
        NonNullType nonNull => nonNull.Inner,
        _ => null,
    };

    public bool? IsOneOf([Parent] GraphQLType type) => (type as InputObjectType)?.IsOneOf;
}

[ResolversFor("__Field")]
internal sealed class FieldResolvers
{
    public IEnumerable<InputValue> Args([Parent] FieldDefinition field, bool includeDeprecated) =>
        field.Arguments.Where(a => includeDeprecated || !a.IsDeprecated);
}

[ResolversFor("__InputValue")]
internal sealed class InputValueResolvers
{
    public string? DefaultValue([Parent] InputValue value) => value.DefaultLiteral is null ? null : Printer.Print(value.DefaultLiteral);
}

[ResolversFor("__Directive")]
internal sealed class DirectiveResolvers
{
    public IEnumerable<InputValue> Args([Parent] DirectiveDefinition directive, bool includeDeprecated) =>
        directive.Arguments.Where(a => includeDeprecated || !a.IsDeprecated);
}
