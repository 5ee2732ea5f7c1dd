using System.Text;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>A type with a name; everything that stands in the schema's list of types.</summary>
internal abstract class NamedType(string name) : GraphQLType
{
    public readonly string Name = name;

    public string? Description { get; set; }

    public List<TypeDefinitionNode> Nodes { get; } = [];

    public override NamedType Named => this;

    public override string ToString() => Name;

    public DirectiveNode? Directive(string name) => Nodes.SelectMany(n => n.Directives).FirstOrDefault(d => d.Name.Value == name);
}

internal sealed class ScalarType(string name, ScalarCodec codec) : NamedType(name)
{
    public readonly ScalarCodec Codec = codec;

    public string? SpecifiedByUrl { get; set; }
}

/// <summary>An object or interface type.</summary>
internal abstract class CompositeType(string name) : NamedType(name)
{
    public List<InterfaceType> Interfaces { get; } = [];

    public OrderedDictionary<string, FieldDefinition> Fields { get; } = new(StringComparer.Ordinal);
}

internal sealed class ObjectType(string name) : CompositeType(name)
{
    /// <summary><c>"Name"</c> as JSON, for <c>__typename</c>.</summary>
    public readonly byte[] NameJson = Encoding.UTF8.GetBytes($"\"{name}\"");

    /// <summary>Position among the schema's object types.</summary>
    public int Index { get; set; }
}

internal sealed class InterfaceType(string name) : CompositeType(name);

internal sealed class UnionType(string name) : NamedType(name)
{
    public List<ObjectType> Members { get; } = [];
}

internal sealed class EnumType(string name) : NamedType(name)
{
    public OrderedDictionary<string, EnumValue> Values { get; } = new(StringComparer.Ordinal);
}

internal sealed class EnumValue(string name, string? description, string? deprecationReason)
{
    public readonly byte[] Json = Encoding.UTF8.GetBytes($"\"{name}\"");

    public string Name { get; } = name;

    public string? Description { get; } = description;

    public string? DeprecationReason { get; } = deprecationReason;

    public bool IsDeprecated => DeprecationReason is not null;
}

internal sealed class InputObjectType(string name) : NamedType(name)
{
    public OrderedDictionary<string, InputValue> Fields { get; } = new(StringComparer.Ordinal);

    public bool IsOneOf { get; set; }
}
