// Bookinfo stands in for the images of Istio's Bookinfo: the same services on the same port with the same calls between them.
//
//	bookinfo productpage v1
//	bookinfo details v1
//	bookinfo reviews v3
//	bookinfo ratings v1
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"time"
)

const port = "9080"

var client = &http.Client{Timeout: 10 * time.Second}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: bookinfo SERVICE VERSION")
	}
	service, version := os.Args[1], os.Args[2]
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, service, "is healthy") })
	switch service {
	case "productpage":
		mux.HandleFunc("GET /productpage", productPage)
	case "details":
		mux.HandleFunc("GET /details/{id}", details)
	case "reviews":
		mux.HandleFunc("GET /reviews/{id}", reviewsOf(version))
	case "ratings":
		mux.HandleFunc("GET /ratings/{id}", ratings)
	default:
		log.Fatalf("no service is named %q", service)
	}
	log.Fatal(http.ListenAndServe(":"+port, mux))
}

// productPage asks details and reviews, and says on the page what each answered.
func productPage(w http.ResponseWriter, _ *http.Request) {
	about, detailsStatus := ask("details", "/details/0")
	reviews, reviewsStatus := ask("reviews", "/reviews/0")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<!DOCTYPE html>\n<title>Simple Bookstore App</title>\n<h1>The Comedy of Errors</h1>\n")
	fmt.Fprintf(w, "<section id=\"details\" data-status=\"%d\">%s</section>\n", detailsStatus, about)
	fmt.Fprintf(w, "<section id=\"reviews\" data-status=\"%d\">%s</section>\n", reviewsStatus, reviews)
}

func details(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{"id": 0, "author": "William Shakespeare", "year": 1595, "type": "paperback", "pages": 200})
}

type review struct {
	Reviewer string  `json:"reviewer"`
	Text     string  `json:"text"`
	Rating   *rating `json:"rating,omitempty"`
}

type rating struct {
	Stars int    `json:"stars"`
	Color string `json:"color"`
}

// reviewsOf answers without ratings in v1, with black stars in v2 and red ones in v3.
func reviewsOf(version string) http.HandlerFunc {
	color := map[string]string{"v2": "black", "v3": "red"}[version]
	return func(w http.ResponseWriter, _ *http.Request) {
		reviews := []review{{Reviewer: "Reviewer1", Text: "An extremely entertaining play."}, {Reviewer: "Reviewer2", Text: "Absolutely fun."}}
		if color != "" {
			var stars struct {
				Ratings map[string]int `json:"ratings"`
			}
			text, status := ask("ratings", "/ratings/0")
			if status != http.StatusOK || json.Unmarshal([]byte(text), &stars) != nil {
				http.Error(w, fmt.Sprintf("ratings answered %d: %s", status, text), http.StatusBadGateway)
				return
			}
			for index := range reviews {
				reviews[index].Rating = &rating{Stars: stars.Ratings[reviews[index].Reviewer], Color: color}
			}
		}
		answer(w, map[string]any{"id": "0", "podname": os.Getenv("HOSTNAME"), "version": version, "reviews": reviews})
	}
}

func ratings(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{"id": 0, "ratings": map[string]int{"Reviewer1": 5, "Reviewer2": 4}})
}

// ask calls another service of the application by its short name, as a pod of the same namespace does.
func ask(service, path string) (string, int) {
	response, err := client.Get("http://" + service + ":" + port + path)
	if err != nil {
		return err.Error(), http.StatusBadGateway
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return err.Error(), http.StatusBadGateway
	}
	return string(body), response.StatusCode
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Print(err)
	}
}
