using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation;

/// <summary>Checks a document against a schema. https://spec.graphql.org/September2025/#sec-Validation</summary>
internal static class DocumentValidator
{
    private static readonly RuleHooks Hooks = new([.. SpecifiedRules.Create().Select(r => r.GetType())]);

    /// <summary>What is wrong with a document; empty when it may run.</summary>
    /// <param name="schema">What the document is checked against.</param>
    /// <param name="document">The document.</param>
    /// <param name="maxErrors">Errors after which checking stops.</param>
    /// <param name="suggests">Whether messages may name parts of the schema that the document does not.</param>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, int maxErrors, bool suggests = true)
    {
        var context = new ValidationContext(schema, document, maxErrors, suggests);
        try
        {
            new ValidationWalk(context, SpecifiedRules.Create(), Hooks).Run();
        }
        catch (ValidationAbortedException)
        {
            // the context says so itself
        }
        return context.Errors;
    }
}
