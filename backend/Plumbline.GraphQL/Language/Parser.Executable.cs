namespace Plumbline.GraphQL.Language;

/// <summary>Operations and fragments. https://spec.graphql.org/September2025/#sec-Language.Operations</summary>
internal ref partial struct Parser
{
    private OperationDefinitionNode ParseOperation(StringValueNode? description, int start)
    {
        if (_lexer.Kind == TokenKind.BraceLeft) return Done(new OperationDefinitionNode(OperationType.Query, default, [], [], ParseSelectionSet()), start);
        var type = ParseOperationType();
        var name = _lexer.Kind == TokenKind.Name ? ParseName() : default;
        var variables = ParseVariableDefinitions();
        var directives = ParseDirectives(isConstant: false);
        return Done(new OperationDefinitionNode(type, name, variables, directives, ParseSelectionSet()) { Description = description }, start);
    }

    private OperationType ParseOperationType()
    {
        if (SkipKeyword("query"u8)) return OperationType.Query;
        if (SkipKeyword("mutation"u8)) return OperationType.Mutation;
        if (SkipKeyword("subscription"u8)) return OperationType.Subscription;
        var found = _lexer;
        Expect(TokenKind.Name);
        throw found.Fail($"Unexpected Name \"{System.Text.Encoding.ASCII.GetString(found.Text)}\".", found.Start);
    }

    private VariableDefinitionNode[] ParseVariableDefinitions()
    {
        if (!Skip(TokenKind.ParenLeft)) return [];
        var from = _pending.Count;
        do _pending.Add(ParseVariableDefinition());
        while (!Skip(TokenKind.ParenRight));
        return Collect<VariableDefinitionNode>(from);
    }

    private VariableDefinitionNode ParseVariableDefinition()
    {
        var start = _lexer.Start;
        var description = ParseDescription();
        var variable = ParseVariable();
        Expect(TokenKind.Colon);
        var type = ParseType();
        var defaultValue = Skip(TokenKind.Equal) ? ParseValue(isConstant: true) : null;
        return Done(new VariableDefinitionNode(variable, type, defaultValue, ParseDirectives(isConstant: true)) { Description = description }, start);
    }

    private VariableNode ParseVariable()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Dollar);
        return Done(new VariableNode(ParseName()), start);
    }

    private SelectionSetNode ParseSelectionSet()
    {
        var start = _lexer.Start;
        Expect(TokenKind.BraceLeft);
        Enter();
        var from = _pending.Count;
        do _pending.Add(_lexer.Kind == TokenKind.Spread ? ParseFragment() : ParseField());
        while (!Skip(TokenKind.BraceRight));
        Leave();
        return Done(new SelectionSetNode(Collect<SelectionNode>(from)), start);
    }

    private FieldNode ParseField()
    {
        var start = _lexer.Start;
        var name = ParseName();
        Name alias = default;
        if (Skip(TokenKind.Colon)) (alias, name) = (name, ParseName());
        var arguments = ParseArguments(isConstant: false);
        var directives = ParseDirectives(isConstant: false);
        var selectionSet = _lexer.Kind == TokenKind.BraceLeft ? ParseSelectionSet() : null;
        return Done(new FieldNode(alias, name, arguments, directives, selectionSet), start);
    }

    private ArgumentNode[] ParseArguments(bool isConstant)
    {
        if (!Skip(TokenKind.ParenLeft)) return [];
        var from = _pending.Count;
        do
        {
            var start = _lexer.Start;
            var name = ParseName();
            Expect(TokenKind.Colon);
            _pending.Add(Done(new ArgumentNode(name, ParseValue(isConstant)), start));
        }
        while (!Skip(TokenKind.ParenRight));
        return Collect<ArgumentNode>(from);
    }

    private SelectionNode ParseFragment()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Spread);
        var hasCondition = SkipKeyword("on"u8);
        if (!hasCondition && _lexer.Kind == TokenKind.Name) return Done(new FragmentSpreadNode(ParseName(), ParseDirectives(isConstant: false)), start);
        var condition = hasCondition ? ParseNamedType() : null;
        var directives = ParseDirectives(isConstant: false);
        return Done(new InlineFragmentNode(condition, directives, ParseSelectionSet()), start);
    }

    private FragmentDefinitionNode ParseFragmentDefinition(StringValueNode? description, int start)
    {
        ExpectKeyword("fragment"u8);
        if (_lexer.Kind == TokenKind.Name && _lexer.Text.SequenceEqual("on"u8)) throw Unexpected();
        var name = ParseName();
        ExpectKeyword("on"u8);
        var condition = ParseNamedType();
        var directives = ParseDirectives(isConstant: false);
        return Done(new FragmentDefinitionNode(name, condition, directives, ParseSelectionSet()) { Description = description }, start);
    }

    private DirectiveNode[] ParseDirectives(bool isConstant)
    {
        if (_lexer.Kind != TokenKind.At) return [];
        var from = _pending.Count;
        while (_lexer.Kind == TokenKind.At)
        {
            var start = _lexer.Start;
            Advance();
            var name = ParseName();
            _pending.Add(Done(new DirectiveNode(name, ParseArguments(isConstant)), start));
        }
        return Collect<DirectiveNode>(from);
    }
}
