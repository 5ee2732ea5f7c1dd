using System.Text;

namespace Plumbline.GraphQL.Language;

/// <summary>Type system definitions and extensions. https://spec.graphql.org/September2025/#sec-Type-System</summary>
internal ref partial struct Parser
{
    private DefinitionNode ParseTypeSystem(StringValueNode? description, int start)
    {
        var keyword = Encoding.ASCII.GetString(_lexer.Text);
        var isExtension = keyword == "extend" && description is null;
        if (isExtension)
        {
            Advance();
            keyword = _lexer.Kind == TokenKind.Name ? Encoding.ASCII.GetString(_lexer.Text) : "";
        }
        DefinitionNode? node = keyword switch
        {
            "schema" => ParseSchema(isExtension),
            "scalar" => ParseScalar(isExtension),
            "type" => ParseComposite(isInterface: false, isExtension),
            "interface" => ParseComposite(isInterface: true, isExtension),
            "union" => ParseUnion(isExtension),
            "enum" => ParseEnum(isExtension),
            "input" => ParseInputObject(isExtension),
            "directive" when !isExtension => ParseDirectiveDefinition(),
            _ => null,
        };
        if (node is null) throw Unexpected();
        node.Description = description;
        return Done(node, start);
    }

    /// <summary>An extension has to extend something.</summary>
    private readonly void RequireContent(bool isExtension, bool hasContent)
    {
        if (isExtension && !hasContent) throw Unexpected();
    }

    private SchemaNode ParseSchema(bool isExtension)
    {
        Advance();
        var directives = ParseDirectives(isConstant: true);
        var from = _pending.Count;
        if (!isExtension || _lexer.Kind == TokenKind.BraceLeft)
        {
            Expect(TokenKind.BraceLeft);
            do
            {
                var start = _lexer.Start;
                var operation = ParseOperationType();
                Expect(TokenKind.Colon);
                _pending.Add(Done(new OperationTypeDefinitionNode(operation, ParseNamedType()), start));
            }
            while (!Skip(TokenKind.BraceRight));
        }
        var types = Collect<OperationTypeDefinitionNode>(from);
        RequireContent(isExtension, directives.Length + types.Length > 0);
        return new SchemaNode(directives, types, isExtension);
    }

    private ScalarTypeNode ParseScalar(bool isExtension)
    {
        Advance();
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        RequireContent(isExtension, directives.Length > 0);
        return new ScalarTypeNode(name, directives, isExtension);
    }

    private CompositeTypeNode ParseComposite(bool isInterface, bool isExtension)
    {
        Advance();
        var name = ParseName();
        var interfaces = SkipKeyword("implements"u8) ? ParseTypeList(TokenKind.Ampersand) : [];
        var directives = ParseDirectives(isConstant: true);
        var fields = ParseFieldDefinitions();
        RequireContent(isExtension, interfaces.Length + directives.Length + fields.Length > 0);
        return new CompositeTypeNode(isInterface, name, interfaces, directives, fields, isExtension);
    }

    private NamedTypeNode[] ParseTypeList(TokenKind delimiter)
    {
        Skip(delimiter);
        var from = _pending.Count;
        do _pending.Add(ParseNamedType());
        while (Skip(delimiter));
        return Collect<NamedTypeNode>(from);
    }

    private FieldDefinitionNode[] ParseFieldDefinitions()
    {
        if (!Skip(TokenKind.BraceLeft)) return [];
        var from = _pending.Count;
        do
        {
            var start = _lexer.Start;
            var description = ParseDescription();
            var name = ParseName();
            var arguments = ParseInputValues(TokenKind.ParenLeft, TokenKind.ParenRight);
            Expect(TokenKind.Colon);
            var type = ParseType();
            _pending.Add(Done(new FieldDefinitionNode(name, arguments, type, ParseDirectives(isConstant: true)) { Description = description }, start));
        }
        while (!Skip(TokenKind.BraceRight));
        return Collect<FieldDefinitionNode>(from);
    }

    private InputValueDefinitionNode[] ParseInputValues(TokenKind open, TokenKind close)
    {
        if (!Skip(open)) return [];
        var from = _pending.Count;
        do
        {
            var start = _lexer.Start;
            var description = ParseDescription();
            var name = ParseName();
            Expect(TokenKind.Colon);
            var type = ParseType();
            var defaultValue = Skip(TokenKind.Equal) ? ParseValue(isConstant: true) : null;
            _pending.Add(Done(new InputValueDefinitionNode(name, type, defaultValue, ParseDirectives(isConstant: true)) { Description = description }, start));
        }
        while (!Skip(close));
        return Collect<InputValueDefinitionNode>(from);
    }

    private UnionTypeNode ParseUnion(bool isExtension)
    {
        Advance();
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        var types = Skip(TokenKind.Equal) ? ParseTypeList(TokenKind.Pipe) : [];
        RequireContent(isExtension, directives.Length + types.Length > 0);
        return new UnionTypeNode(name, directives, types, isExtension);
    }

    private EnumTypeNode ParseEnum(bool isExtension)
    {
        Advance();
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        var from = _pending.Count;
        if (Skip(TokenKind.BraceLeft))
        {
            do _pending.Add(ParseEnumValue());
            while (!Skip(TokenKind.BraceRight));
        }
        var values = Collect<EnumValueDefinitionNode>(from);
        RequireContent(isExtension, directives.Length + values.Length > 0);
        return new EnumTypeNode(name, directives, values, isExtension);
    }

    private EnumValueDefinitionNode ParseEnumValue()
    {
        var start = _lexer.Start;
        var description = ParseDescription();
        if (_lexer.Kind == TokenKind.Name && Encoding.ASCII.GetString(_lexer.Text) is "true" or "false" or "null")
            throw _lexer.Fail($"{DescribeToken()} is reserved and cannot be used for an enum value.", _lexer.Start);
        var name = ParseName();
        return Done(new EnumValueDefinitionNode(name, ParseDirectives(isConstant: true)) { Description = description }, start);
    }

    private InputObjectTypeNode ParseInputObject(bool isExtension)
    {
        Advance();
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        var fields = ParseInputValues(TokenKind.BraceLeft, TokenKind.BraceRight);
        RequireContent(isExtension, directives.Length + fields.Length > 0);
        return new InputObjectTypeNode(name, directives, fields, isExtension);
    }

    private DirectiveDefinitionNode ParseDirectiveDefinition()
    {
        Advance();
        Expect(TokenKind.At);
        var name = ParseName();
        var arguments = ParseInputValues(TokenKind.ParenLeft, TokenKind.ParenRight);
        var isRepeatable = SkipKeyword("repeatable"u8);
        ExpectKeyword("on"u8);
        Skip(TokenKind.Pipe);
        var from = _pending.Count;
        do
        {
            var before = _lexer;
            var location = ParseName();
            if (!DirectiveLocations.IsKnown(location.Value)) throw before.Fail($"Unexpected Name \"{location}\".", before.Start);
            _pending.Add(location);
        }
        while (Skip(TokenKind.Pipe));
        return new DirectiveDefinitionNode(name, arguments, isRepeatable, Collect<Name>(from));
    }
}
