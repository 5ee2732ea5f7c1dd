using System.Text;

namespace Plumbline.GraphQL.Language;

/// <summary>Values and type references. https://spec.graphql.org/September2025/#sec-Input-Values</summary>
internal ref partial struct Parser
{
    private ValueNode ParseValue(bool isConstant)
    {
        var start = _lexer.Start;
        switch (_lexer.Kind)
        {
            case TokenKind.BracketLeft: return ParseList(isConstant);
            case TokenKind.BraceLeft: return ParseObject(isConstant);
            case TokenKind.Int:
                var integer = new IntValueNode(Encoding.ASCII.GetString(_lexer.Text));
                Advance();
                return Done(integer, start);
            case TokenKind.Float:
                var number = new FloatValueNode(Encoding.ASCII.GetString(_lexer.Text));
                Advance();
                return Done(number, start);
            case TokenKind.String or TokenKind.BlockString: return ParseStringLiteral();
            case TokenKind.Name: return ParseNamedValue();
            case TokenKind.Dollar when isConstant:
                Advance();
                if (_lexer.Kind == TokenKind.Name)
                    throw _lexer.Fail($"Unexpected variable \"${Encoding.ASCII.GetString(_lexer.Text)}\" in constant value.", start);
                throw _lexer.Fail("Unexpected \"$\".", start);
            case TokenKind.Dollar: return ParseVariable();
            default: throw Unexpected();
        }
    }

    private ValueNode ParseNamedValue()
    {
        var start = _lexer.Start;
        var text = NameCache.Get(_lexer.Text);
        Advance();
        return text switch
        {
            "true" => Done(new BooleanValueNode(true), start),
            "false" => Done(new BooleanValueNode(false), start),
            "null" => Done(new NullValueNode(), start),
            _ => Done(new EnumValueNode(text), start),
        };
    }

    private StringValueNode ParseStringLiteral()
    {
        var start = _lexer.Start;
        var node = new StringValueNode(_lexer.StringValue(), _lexer.Kind == TokenKind.BlockString);
        Advance();
        return Done(node, start);
    }

    private ListValueNode ParseList(bool isConstant)
    {
        var start = _lexer.Start;
        Advance();
        Enter();
        var from = _pending.Count;
        while (!Skip(TokenKind.BracketRight)) _pending.Add(ParseValue(isConstant));
        Leave();
        return Done(new ListValueNode(Collect<ValueNode>(from)), start);
    }

    private ObjectValueNode ParseObject(bool isConstant)
    {
        var start = _lexer.Start;
        Advance();
        Enter();
        var from = _pending.Count;
        while (!Skip(TokenKind.BraceRight))
        {
            var fieldStart = _lexer.Start;
            var name = ParseName();
            Expect(TokenKind.Colon);
            _pending.Add(Done(new ObjectFieldNode(name, ParseValue(isConstant)), fieldStart));
        }
        Leave();
        return Done(new ObjectValueNode(Collect<ObjectFieldNode>(from)), start);
    }

    private TypeNode ParseType()
    {
        var start = _lexer.Start;
        TypeNode type;
        if (Skip(TokenKind.BracketLeft))
        {
            Enter();
            var item = ParseType();
            Leave();
            Expect(TokenKind.BracketRight);
            type = Done(new ListTypeNode(item), start);
        }
        else type = ParseNamedType();
        return Skip(TokenKind.Bang) ? Done(new NonNullTypeNode(type), start) : type;
    }

    private NamedTypeNode ParseNamedType()
    {
        var start = _lexer.Start;
        return Done(new NamedTypeNode(ParseName()), start);
    }
}
