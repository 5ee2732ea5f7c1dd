using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Reviews;

/// <summary>Who may read what others said of outputs: verdicts, labels, reasonings, comments, agreement. Blinding takes away from that what one
/// is still to judge.</summary>
public static class ReviewReaders
{
    public static bool ReadsReviews(this ProjectScope scope) => scope.Has(Permission.ReadReviews);

    /// <summary>Lets on who may.</summary>
    /// <exception cref="RequestFailedException">FORBIDDEN.</exception>
    public static void RequireReviewReader(this ProjectScope scope)
    {
        if (!scope.ReadsReviews())
            throw Failure.Forbidden(
                "What reviewers and colleagues said is for those who may read reviews. A key needs the scope READ_REVIEWS for that, which an "
                    + "administrator gives; a person, a role that reads traces.");
    }
}
