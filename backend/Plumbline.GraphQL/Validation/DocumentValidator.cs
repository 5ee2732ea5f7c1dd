using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation;

/// <summary>Checks a document against a schema. https://spec.graphql.org/September2025/#sec-Validation</summary>
internal static class DocumentValidator
{
    private static readonly RuleHooks Hooks = new([.. SpecifiedRules.Create().Select(r => r.GetType())]);

    public static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, int maxErrors)
    {
        var context = new ValidationContext(schema, document, maxErrors);
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
