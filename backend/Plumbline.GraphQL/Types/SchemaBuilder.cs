using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>Turns schema text into a schema. https://spec.graphql.org/September2025/#sec-Type-System</summary>
internal sealed partial class SchemaBuilder
{
    private readonly Schema _schema = new();
    private readonly List<string> _errors = [];
    private readonly IReadOnlyDictionary<string, ScalarCodec> _codecs;

    private SchemaBuilder(IReadOnlyDictionary<string, ScalarCodec> codecs) => _codecs = codecs;

    /// <summary>Builds and checks a schema.</summary>
    /// <exception cref="GraphQLSchemaException">The text is no valid schema.</exception>
    public static Schema Build(IEnumerable<string> sdl, IReadOnlyDictionary<string, ScalarCodec>? codecs = null)
    {
        var builder = new SchemaBuilder(codecs ?? ScalarCodecs.Known);
        var definitions = builder.Read(sdl);
        var builtIn = Parser.Parse(IntrospectionSdl.Text).Definitions;
        var given = definitions.OfType<DirectiveDefinitionNode>().Select(d => d.Name.Value).ToHashSet();
        DefinitionNode[] all = [.. definitions, .. builtIn.Where(d => d is not DirectiveDefinitionNode directive || !given.Contains(directive.Name.Value))];
        builder.Declare(all);
        builder.Define(all);
        builder.FindRoots(all);
        builder.AddMetaFields();
        builder.CoerceDefaults();
        new SchemaValidator(builder._schema, builder._errors).Check();
        return builder._errors.Count == 0 ? builder._schema : throw new GraphQLSchemaException(builder._errors);
    }

    private List<DefinitionNode> Read(IEnumerable<string> sdl)
    {
        List<DefinitionNode> definitions = [];
        foreach (var text in sdl)
        {
            try
            {
                definitions.AddRange(Parser.Parse(text).Definitions);
            }
            catch (GraphQLSyntaxException wrong)
            {
                throw new GraphQLSchemaException([$"{wrong.Message} (line {wrong.Location.Line}, column {wrong.Location.Column} of the schema)"]);
            }
        }
        foreach (var definition in definitions.Where(d => d is not TypeSystemNode)) _errors.Add($"A schema holds no {definition.Kind}.");
        return definitions;
    }

    private void Declare(DefinitionNode[] definitions)
    {
        foreach (var node in definitions.OfType<TypeDefinitionNode>().Where(d => d is { IsExtension: false } and not DirectiveDefinitionNode))
        {
            var name = node.Name.Value;
            NamedType type = node switch
            {
                ScalarTypeNode => new ScalarType(name, ScalarCodecs.BuiltIn.GetValueOrDefault(name) ?? _codecs.GetValueOrDefault(name) ?? ScalarCodecs.Any),
                CompositeTypeNode { IsInterface: true } => new InterfaceType(name),
                CompositeTypeNode => new ObjectType(name),
                UnionTypeNode => new UnionType(name),
                EnumTypeNode => new EnumType(name),
                _ => new InputObjectType(name),
            };
            type.Description = node.Description?.Value;
            if (!_schema.Types.TryAdd(name, type))
            {
                if (!ScalarCodecs.BuiltIn.ContainsKey(name)) _errors.Add($"There can be only one type named \"{name}\".");
            }
        }
        _schema.ObjectTypes = [.. _schema.Types.Values.OfType<ObjectType>()];
        for (var i = 0; i < _schema.ObjectTypes.Length; i++) _schema.ObjectTypes[i].Index = i;
    }

    private void Define(DefinitionNode[] definitions)
    {
        foreach (var node in definitions.OfType<TypeSystemNode>())
        {
            if (node is DirectiveDefinitionNode directive) DefineDirective(directive);
            else if (node is SchemaNode { IsExtension: false, Description: { } text }) _schema.Description = text.Value;
            if (node is DirectiveDefinitionNode or SchemaNode) continue;
            var definition = (TypeDefinitionNode)node;
            if (_schema.Type(definition.Name.Value) is not { } type)
            {
                _errors.Add($"Cannot extend type \"{definition.Name}\" because it is not defined.");
                continue;
            }
            type.Nodes.Add(definition);
            DefineType(type, definition);
        }
    }

    private void DefineType(NamedType type, TypeDefinitionNode node)
    {
        switch (type, node)
        {
            case (ScalarType scalar, ScalarTypeNode n):
                scalar.SpecifiedByUrl = DirectiveText(n.Directives, "specifiedBy", "url") ?? scalar.SpecifiedByUrl;
                break;
            case (CompositeType composite, CompositeTypeNode n) when n.IsInterface == composite is InterfaceType:
                DefineComposite(composite, n);
                break;
            case (UnionType union, UnionTypeNode n):
                foreach (var member in n.Types) AddMember(union, member);
                break;
            case (EnumType choice, EnumTypeNode n):
                foreach (var value in n.Values) AddValue(choice, value);
                break;
            case (InputObjectType input, InputObjectTypeNode n):
                input.IsOneOf |= Array.Exists(n.Directives, d => d.Name.Value == "oneOf");
                foreach (var field in n.Fields)
                {
                    if (Input(field, input.Fields.Count, $"{input}.{field.Name}") is { } value && !input.Fields.TryAdd(value.Name, value))
                        _errors.Add($"Field \"{input}.{field.Name}\" can only be defined once.");
                }
                break;
            default:
                _errors.Add($"Cannot extend {type.Name}: it is not of that kind.");
                break;
        }
    }

    private void DefineComposite(CompositeType type, CompositeTypeNode node)
    {
        foreach (var contract in node.Interfaces)
        {
            if (_schema.Type(contract.Name.Value) is not InterfaceType found)
                _errors.Add($"Type {type} must only implement Interface types, it cannot implement {contract}.");
            else if (type.Interfaces.Contains(found)) _errors.Add($"Type {type} can only implement {found} once.");
            else type.Interfaces.Add(found);
        }
        foreach (var field in node.Fields)
        {
            if (Resolve(field.Type, $"{type}.{field.Name}") is not { } fieldType) continue;
            var definition = new FieldDefinition(field.Name.Value, type, fieldType)
            {
                Description = field.Description?.Value,
                DeprecationReason = Deprecation(field.Directives),
                Arguments = Arguments(field.Arguments, $"{type}.{field.Name}"),
            };
            if (!type.Fields.TryAdd(definition.Name, definition)) _errors.Add($"Field \"{definition}\" can only be defined once.");
        }
    }

    private void AddMember(UnionType union, NamedTypeNode member)
    {
        if (_schema.Type(member.Name.Value) is not ObjectType found)
            _errors.Add($"Union type {union} can only include Object types, it cannot include {member}.");
        else if (union.Members.Contains(found)) _errors.Add($"Union type {union} can only include type {found} once.");
        else union.Members.Add(found);
    }

    private void AddValue(EnumType type, EnumValueDefinitionNode node)
    {
        var value = new EnumValue(node.Name.Value, node.Description?.Value, Deprecation(node.Directives));
        if (!type.Values.TryAdd(value.Name, value)) _errors.Add($"Enum value \"{type}.{value.Name}\" can only be defined once.");
    }

    private void DefineDirective(DirectiveDefinitionNode node)
    {
        var name = node.Name.Value;
        var definition = new DirectiveDefinition(name, Arguments(node.Arguments, $"@{name}"), node.IsRepeatable, [.. node.Locations.Select(l => l.Value)])
        {
            Description = node.Description?.Value,
            Node = node,
        };
        if (!_schema.Directives.TryAdd(name, definition)) _errors.Add($"There can be only one directive named \"@{name}\".");
    }
}
